using System.Text.RegularExpressions;

namespace TwinTrack.Providers.MobileMoney;

internal enum PhoneForm
{
    /// <summary>E.164 with its plus, as we keep it.</summary>
    Plus,

    /// <summary>Digits with the country's code.</summary>
    Digits,

    /// <summary>Digits without the country's code.</summary>
    National,
}

internal static partial class PhoneForms
{
    public static bool IsCountryCode(string? text) => text is { Length: >= 1 and <= 3 } && text.All(char.IsAsciiDigit);

    /// <summary>
    /// A phone number in the operator's form; null when it is not valid or not of the operator's country.
    /// </summary>
    public static string? Of(string? account, PhoneForm form, string? countryCode)
    {
        if (account is null || !Msisdn().IsMatch(account))
        {
            return null;
        }

        return form switch
        {
            PhoneForm.Plus => account,
            PhoneForm.Digits => account[1..],
            _ => countryCode is not null && account.StartsWith("+" + countryCode, StringComparison.Ordinal)
                && account.Length > countryCode.Length + 4 ? account[(countryCode.Length + 1)..] : null,
        };
    }

    [GeneratedRegex(@"^\+[0-9]{6,15}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Msisdn();
}
