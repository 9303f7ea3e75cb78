using TwinTrack.Kernel;
using static TwinTrack.Kernel.RefusalKind;

namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Faults of one field, in order of precedence. They are final for this file: correct the row and import it again.
/// </summary>
public static class FieldRefusals
{
    /// <summary>Most characters in a field, the limit of payment messages (ISO 20022 Max140Text).</summary>
    public const int FieldMax = 140;

    public static readonly Refusal Missing = new("text.missing", "This field must not be empty.", Invalid);

    public static readonly Refusal TooLong = new("text.too_long", "This field is longer than 140 characters.", Invalid);

    public static readonly Refusal ControlCharacter = new(
        "text.control_character", "This field holds a character that cannot be seen or that turns the writing round.",
        Invalid);

    public static readonly Refusal Scientific =
        new("number.scientific",
            "A spreadsheet wrote this number in scientific notation, and digits are lost. Format the column as text "
                + "and export again.", Invalid);

    public static readonly Refusal Negative = new("number.negative", "A negative number has no meaning here.", Invalid);

    public static readonly Refusal NotANumber = new(
        "number.unreadable", "Not a number of this kind: digits, and for a score at most two decimals after a point.",
        Invalid);

    public static readonly Refusal ScoreOutOfRange = new(
        "poverty_score.out_of_range", "A poverty score lies between 0 and 100.", Invalid);

    public static readonly Refusal HouseholdId = new(
        "household_id.unreadable", "A household id is 1 to 32 letters, digits, hyphens and slashes.", Invalid);

    public static readonly Refusal DateUnreadable = new(
        "date.unreadable", "Not a date of the form 2026-01-31.", Invalid);

    public static readonly Refusal DateInFuture = new("date.future", "This date has not come yet.", Invalid);

    public static readonly Refusal DateTooOld = new("date.too_old", "This date is more than 130 years ago.", Invalid);

    public static readonly Refusal Sex = new("sex.unknown", "Sex is F or M.", Invalid);

    public static readonly Refusal AreaUnknown = new(
        "area.unknown", "No area has this P-code. Import the areas first.", Invalid);

    public static readonly Refusal NationalId = new(
        "national_id.unreadable", "A national id is 4 to 32 letters, digits, hyphens, slashes, points and spaces.",
        Invalid);

    public static readonly Refusal NationalIdRepeated = new(
        "national_id.repeated", "Another member of this household has the same national id.", Invalid);

    public static readonly Refusal Instrument = new(
        "instrument.unknown", "An instrument is mobile, bank or cash.", Invalid);

    public static readonly Refusal Phone = new(
        "account.not_a_phone",
        "No numbering plan holds this number. Write +, the country code and the number, without spaces (E.164).",
        Invalid);

    public static readonly Refusal NotMobile = new(
        "account.not_mobile",
        "This number is a landline or a service, and a wallet needs a mobile number. Give a mobile number, or cash.",
        Invalid);

    public static readonly Refusal OtherCountry = new(
        "account.other_country",
        "This number belongs to another country than the one this system pays in. Give a number of this country.",
        Invalid);

    public static readonly Refusal BankAccount = new(
        "account.unreadable", "A bank account is an IBAN or 6 to 30 capital letters and digits.", Invalid);

    public static readonly Refusal IbanLength = new(
        "account.iban_length", "This IBAN is not as long as its country's are.", Invalid);

    public static readonly Refusal IbanChecksum = new(
        "account.iban_checksum", "This IBAN's check digits do not fit; a character is wrong (ISO 13616).", Invalid);

    public static readonly Refusal AccountForCash = new(
        "account.not_for_cash", "Who is paid in cash has no account here.", Invalid);

    public static readonly Refusal Bic = new(
        "bank_bic.unreadable", "A bank's BIC has 8 or 11 letters and digits (ISO 9362).", Invalid);

    public static readonly Refusal BicWithoutBank = new(
        "bank_bic.only_for_bank", "Only a bank account has a BIC.", Invalid);

    public static readonly Refusal HeadMissing = new(
        "member.head_missing", "A household begins with member 1, its head; the rows of a household stand together.",
        Invalid);

    public static readonly Refusal MemberOrder = new(
        "member.out_of_order", "Members of a household are numbered 1, 2, 3 and so on, in this order.", Invalid);

    public static readonly Refusal TooManyMembers = new(
        "household.too_many_members", "A household has at most 30 members.", Invalid);

    public static readonly Refusal NotAsHead = new(
        "household.inconsistent", "This field is empty or repeats what the household's first row says.", Invalid);

    public static readonly Refusal RejectedWhole = new(
        "household.rejected", "Another row of this household is wrong, and a household is taken whole or not at all.",
        Invalid);

    public static readonly Refusal Duplicate = new(
        "household.duplicate", "This household is registered already, or stands in this file before.",
        RefusalKind.Conflict);
}
