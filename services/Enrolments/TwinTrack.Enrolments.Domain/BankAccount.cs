using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>An account at a bank: an IBAN (ISO 13616) or, where there are none, a domestic number.</summary>
public static partial class BankAccount
{
    /// <summary>
    /// Length of each country's IBANs, from the SWIFT IBAN registry. UEMOA and CEMAC members use the format but are not
    /// listed there.
    /// </summary>
    private const string Lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
            + "EG29 ES24 FI18 FK18 FO18 FR27 GB22 " +
        "GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 "
            + "LV21 LY25 MC27 MD24 ME22 MK19 MN20 " +
        "MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 "
            + "SM27 SO23 ST25 SV28 TL23 TN24 TR26 " +
        "UA29 VA22 VG24 XK20 YE30 " +
        "BF28 BJ28 CF27 CG27 CI28 CM27 CV25 GA27 GQ27 GW25 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27 TG28 AO25 DZ26";

    private static readonly FrozenDictionary<string, int> LengthOf =
        Lengths.Split(' ').ToFrozenDictionary(
            entry => entry[..2], entry => int.Parse(entry[2..], CultureInfo.InvariantCulture));

    /// <summary>The account without the spaces that people print in it.</summary>
    public static Result<string> Parse(string text) => Fields.Number(text).Then<string>(sound =>
    {
        var account = sound.Replace(" ", "", StringComparison.Ordinal);
        if (!IbanStart().IsMatch(account) || !LengthOf.TryGetValue(account[..2], out var length))
        {
            return DomesticForm().IsMatch(account) ? account : FieldRefusals.BankAccount;
        }

        if (account.Length != length)
        {
            return FieldRefusals.IbanLength;
        }

        return HasCheckDigits(account) && Mod97(account) == 1 ? account : FieldRefusals.IbanChecksum;
    });

    /// <summary>
    /// The standard uses 02 to 98 (ISO 13616-1, ISO 7064 MOD 97-10). 00, 01 and 99 have the remainders of 97, 98 and
    /// 02, so they would be a second spelling of an account. Then two households could share an account, and the
    /// duplicate check would not see it.
    /// </summary>
    private static bool HasCheckDigits(string iban) =>
        string.CompareOrdinal(iban, 2, "02", 0, 2) >= 0 && string.CompareOrdinal(iban, 2, "98", 0, 2) <= 0;

    /// <summary>
    /// ISO 7064 MOD 97-10 over the account with its first four characters moved to the end; letters count from 10.
    /// </summary>
    private static int Mod97(string iban)
    {
        var rest = 0;
        foreach (var letter in iban[4..] + iban[..4])
        {
            rest = char.IsAsciiDigit(letter) ? ((rest * 10) + (letter - '0')) % 97
                : ((rest * 100) + (letter - 'A' + 10)) % 97;
        }

        return rest;
    }

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Z0-9]+$")]
    private static partial Regex IbanStart();

    [GeneratedRegex("^[A-Z0-9]{6,30}$")]
    private static partial Regex DomesticForm();
}
