using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Reads single fields of a registry. Each method returns the value or a refusal. A refusal never repeats the value.
/// </summary>
internal static partial class Fields
{
    private const int AgeMaxYears = 130;

    /// <summary>
    /// Control characters, line separators, byte order marks and marks of writing direction. With them, a name is
    /// displayed differently from its stored text.
    /// </summary>
    private static readonly SearchValues<char> Unseen = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
            '\u2028', '\u2029', '\uFEFF', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067',
            '\u2068', '\u2069']);

    /// <summary>Checks length and characters of every field before any other check.</summary>
    internal static Refusal? Fault(string text)
    {
        if (text.Length > FieldRefusals.FieldMax)
        {
            return FieldRefusals.TooLong;
        }

        return text.AsSpan().ContainsAny(Unseen) ? FieldRefusals.ControlCharacter : null;
    }

    internal static Result<string> HouseholdId(string text) =>
        ScientificNumber().IsMatch(text) ? FieldRefusals.Scientific
            : HouseholdIdForm().IsMatch(text) ? text : FieldRefusals.HouseholdId;

    internal static Result<int> Member(string text) => Number(text).Then<int>(sound =>
        int.TryParse(sound, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : FieldRefusals.NotANumber);

    /// <summary>Signs and exponents, which spreadsheets produce, have separate refusal codes.</summary>
    internal static Result<string> Number(string text)
    {
        if (ScientificNumber().IsMatch(text))
        {
            return FieldRefusals.Scientific;
        }

        return text.Length > 1 && text[0] is '-' or '\u2212' && char.IsAsciiDigit(text[1])
            ? FieldRefusals.Negative : text;
    }

    internal static Result<DateOnly> PastDay(string text, DateOnly today)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return FieldRefusals.DateUnreadable;
        }

        if (day > today)
        {
            return FieldRefusals.DateInFuture;
        }

        return day < today.AddYears(-AgeMaxYears) ? FieldRefusals.DateTooOld : day;
    }

    internal static Result<Sex> SexOf(string text) => text switch
    {
        "F" => Sex.F,
        "M" => Sex.M,
        _ => FieldRefusals.Sex,
    };

    /// <summary>Null when empty: many have none.</summary>
    internal static Result<string?> NationalId(string text) => text.Length == 0
        ? (Result<string?>)(string?)null!
        : Number(text).Then<string?>(
            sound => NationalIdForm().IsMatch(sound) ? sound.ToUpperInvariant() : FieldRefusals.NationalId);

    /// <summary>
    /// Numbers such as 2.27E+10. An exponent without sign and point counts as a code, because 12E4567 may be an
    /// account.
    /// </summary>
    [GeneratedRegex(@"^[+-]?[0-9]+([.,][0-9]+[eE][+-]?|[eE][+-])[0-9]+$")]
    private static partial Regex ScientificNumber();

    [GeneratedRegex("^[A-Za-z0-9/-]{1,32}$")]
    private static partial Regex HouseholdIdForm();

    [GeneratedRegex("^[A-Za-z0-9./ -]{4,32}$")]
    private static partial Regex NationalIdForm();
}
