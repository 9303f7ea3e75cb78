using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TwinTrack.Providers.Bank;

/// <summary>Text and identifiers in the forms that the ISO 20022 schemas allow.</summary>
internal static partial class BankText
{
    /// <summary>Max140Text: names and remittance lines.</summary>
    internal const int NameMax = 140;

    /// <summary>Max34Text: an account number that is not an IBAN.</summary>
    internal const int AccountMax = 34;

    internal const string NotProvided = "NOTPROVIDED";

    /// <summary>
    /// A name in the form that XML and the schema accept. Letters of any script stay. Control and format characters and
    /// broken surrogates are removed, and white space becomes one blank. The cut never splits a character. Length is
    /// counted in UTF-16 units, which is never less than the schema's count.
    /// </summary>
    /// <param name="latin">
    /// Whether to transliterate into the SWIFT x set. A character without a Latin letter becomes a point.
    /// </param>
    internal static string Name(string? text, bool latin = false)
    {
        var clean = new StringBuilder();
        foreach (var rune in (latin ? LatinText.Of(text ?? "") : text ?? "").EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune);
            if (blank ? clean.Length == 0 || clean[^1] == ' ' : !IsSpoken(rune))
            {
                continue;
            }

            var piece = blank ? " " : rune.ToString();
            if (clean.Length + piece.Length > NameMax)
            {
                break;
            }

            clean.Append(piece);
        }

        var name = clean.ToString().Trim();
        return name.Length == 0 || (latin && !name.Any(char.IsAsciiLetterOrDigit)) ? NotProvided : name;
    }

    /// <summary>ISO 13616: the schema's pattern and the check digits (02 to 98, remainder 1 modulo 97).</summary>
    internal static bool IsIban(string account) =>
        IbanPattern().IsMatch(account) && account[2..4] is not ("00" or "01" or "99")
            && Remainder97(account[4..] + account[..4]) == 1;

    /// <summary>ISO 9362, as BICFIDec2014Identifier or the older BICIdentifier.</summary>
    internal static bool IsBic(string? bic, bool modern = true) =>
        bic is not null && (modern ? BicPattern() : OldBicPattern()).IsMatch(bic);

    /// <summary>
    /// Whether an account can be written into a file: 1 to 34 characters of visible ASCII, or of the SWIFT x set.
    /// </summary>
    internal static bool IsAccount(string account, bool latin = false) =>
        account.Length is > 0 and <= AccountMax
            && account.All(letter => letter is > ' ' and <= '~' && (!latin || LatinText.Holds(letter)));

    /// <summary>
    /// Unique end-to-end transaction reference, in the form of a version 4 UUID (RFC 9562 clause 5.4). It is derived
    /// from our reference. So an attempt always has the same UETR, however often its file is written.
    /// </summary>
    internal static string Uetr(string reference)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"uetr|{reference}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("d");
    }

    /// <summary>ISODateTime in UTC, to the millisecond.</summary>
    internal static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool IsSpoken(Rune rune) =>
        rune != Rune.ReplacementChar
        && rune.Value is not (0xFFFE or 0xFFFF)
        && Rune.GetUnicodeCategory(
            rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static int Remainder97(string text)
    {
        var remainder = 0;
        foreach (var letter in text)
        {
            var value = char.IsAsciiDigit(letter) ? letter - '0' : char.ToUpperInvariant(letter) - 'A' + 10;
            remainder = ((value < 10 ? remainder * 10 : remainder * 100) + value) % 97;
        }

        return remainder;
    }

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}\\z")]
    private static partial Regex IbanPattern();

    [GeneratedRegex("^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\\z")]
    private static partial Regex BicPattern();

    [GeneratedRegex("^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?\\z")]
    private static partial Regex OldBicPattern();
}
