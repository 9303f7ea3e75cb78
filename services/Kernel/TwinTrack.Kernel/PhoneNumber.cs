using System.Globalization;
using PhoneNumbers;
using ParsedNumber = PhoneNumbers.PhoneNumber;

namespace TwinTrack.Kernel;

/// <summary>A phone number in E.164, with what the numbering plan of its country says about it.</summary>
/// <param name="Text">The plus, the country code and the number: one spelling for each number.</param>
/// <param name="CountryCode">The digits after the plus, such as 227.</param>
/// <param name="National">The digits after the country code.</param>
/// <param name="Country">
/// ISO 3166-1 alpha-2. Null: several countries share the code, and no plan holds the number.
/// </param>
/// <param name="IsMobile">
/// False: the plan gives the number to a landline or to a service. Null: the plan does not hold the number; plans grow,
/// and the operator may know it.
/// </param>
public sealed record PhoneNumber(string Text, string CountryCode, string National, string? Country, bool? IsMobile)
{
    private const int DigitsMin = 6;
    private const int DigitsMax = 15;
    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>Null when the text is not a number in E.164 (ITU-T E.164, 6: at most 15 digits).</summary>
    public static PhoneNumber? Read(string? text)
    {
        if (text is not { Length: > DigitsMin and <= DigitsMax + 1 } || text[0] != '+'
            || text.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        try
        {
            var number = Plans.Parse(text, defaultRegion: null);
            return Plans.Format(number, PhoneNumberFormat.E164) == text ? Of(text, number) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>Whether the text is a country of ISO 3166-1 alpha-2 with a numbering plan.</summary>
    public static bool IsCountry(string text) => Plans.GetSupportedRegions().Contains(text);

    /// <summary>Whether the text is a country code of a numbering plan, without its plus.</summary>
    public static bool IsCountryCode(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && text[0] != '0' && Plans.GetSupportedCallingCodes().Contains(code);

    private static PhoneNumber Of(string text, ParsedNumber number) => new(
        text, number.CountryCode.ToString(CultureInfo.InvariantCulture), Plans.GetNationalSignificantNumber(number),
        Plans.GetRegionCodeForNumber(number), Plans.GetNumberType(number) switch
        {
            PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE => true,
            PhoneNumberType.UNKNOWN => null,
            _ => false,
        });
}
