using TwinTrack.Kernel;

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

internal static class PhoneForms
{
    /// <summary>
    /// A wallet's number as the operator wants it. Null when it is none, is no mobile number, or is not of the
    /// operator's country. A number that the plan does not hold is sent: the operator knows its newest numbers.
    /// </summary>
    public static string? Of(string? account, PhoneForm form, string? countryCode)
    {
        if (PhoneNumber.Read(account) is not { IsMobile: not false } phone)
        {
            return null;
        }

        return form switch
        {
            PhoneForm.Plus => phone.Text,
            PhoneForm.Digits => phone.Text[1..],
            _ => phone.CountryCode == countryCode ? phone.National : null,
        };
    }
}
