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

    public static readonly Refusal Missing = new("text.missing",
        "This field is empty. Fill it in.", Invalid);

    public static readonly Refusal TooLong = new("text.too_long",
        "This field is longer than 140 characters. Shorten it.", Invalid);

    public static readonly Refusal ControlCharacter = new(
        "text.control_character",
            "This field has an invisible character, or one that changes the writing direction. Remove it.",
        Invalid);

    public static readonly Refusal Scientific =
        new("number.scientific",
            "A spreadsheet wrote this number in scientific notation, and digits are lost. Format the column as "
            + "text and export it again.", Invalid);

    public static readonly Refusal Negative = new("number.negative",
        "This number is negative. Give zero or a positive number.", Invalid);

    public static readonly Refusal NotANumber = new(
        "number.unreadable",
            "This is not a number. Use digits; a score may have two decimals after a point.",
        Invalid);

    public static readonly Refusal ScoreOutOfRange = new(
        "poverty_score.out_of_range",
            "This poverty score is out of range. Give a score from 0 to 100.", Invalid);

    public static readonly Refusal HouseholdId = new(
        "household_id.unreadable",
            "This is not a household id. Use 1 to 32 letters, digits, hyphens and slashes.", Invalid);

    public static readonly Refusal DateUnreadable = new(
        "date.unreadable", "This is not a date. Write it as 2026-01-31.", Invalid);

    public static readonly Refusal DateInFuture = new("date.future",
        "This date is in the future. Give a date up to today.", Invalid);

    public static readonly Refusal DateTooOld = new("date.too_old",
        "This date is more than 130 years ago. Correct the year.", Invalid);

    public static readonly Refusal Sex = new("sex.unknown", "This is not a sex. Write F or M.", Invalid);

    public static readonly Refusal AreaUnknown = new(
        "area.unknown",
            "This P-code is not a registered area. Import the areas first, or correct the P-code.", Invalid);

    public static readonly Refusal NationalId = new(
        "national_id.unreadable",
            "This is not a national id. Use 4 to 32 letters, digits, hyphens, slashes, points and spaces.",
        Invalid);

    public static readonly Refusal NationalIdRepeated = new(
        "national_id.repeated",
            "Another member of this household has the same national id. Correct one of them.", Invalid);

    public static readonly Refusal Instrument = new(
        "instrument.unknown", "This is not an instrument. Write mobile, bank or cash.", Invalid);

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
        "account.unreadable",
            "This is not a bank account. Give an IBAN, or 6 to 30 capital letters and digits.", Invalid);

    public static readonly Refusal IbanLength = new(
        "account.iban_length",
            "This IBAN has the wrong length for its country. Check it for missing or added characters.", Invalid);

    public static readonly Refusal IbanChecksum = new(
        "account.iban_checksum",
            "The check digits of this IBAN are wrong (ISO 13616). Check it for a wrong character.", Invalid);

    public static readonly Refusal AccountForCash = new(
        "account.not_for_cash",
            "This household is paid in cash, so it must have no account. Leave the account empty, or correct the "
            + "instrument.", Invalid);

    public static readonly Refusal Bic = new(
        "bank_bic.unreadable", "This is not a BIC. Use 8 or 11 letters and digits (ISO 9362).", Invalid);

    public static readonly Refusal BicWithoutBank = new(
        "bank_bic.only_for_bank",
            "Only a bank account has a BIC. Leave the BIC empty, or correct the instrument.", Invalid);

    public static readonly Refusal HeadMissing = new(
        "member.head_missing",
            "The first row of this household is not member 1. Put the head first, as member 1, and keep the "
            + "household's rows together.",
        Invalid);

    public static readonly Refusal MemberOrder = new(
        "member.out_of_order",
            "The members of this household are not numbered in order. Number them 1, 2, 3 and so on.", Invalid);

    public static readonly Refusal TooManyMembers = new(
        "household.too_many_members",
            "This household has more than 30 members. Correct its rows, or split it into several households.", Invalid);

    public static readonly Refusal NotAsHead = new(
        "household.inconsistent",
            "This field differs from the household's first row. Leave it empty, or repeat the first row's value.",
            Invalid);

    public static readonly Refusal RejectedWhole = new(
        "household.rejected",
            "Another row of this household has an error, so the whole household is rejected. Correct that row.",
        Invalid);

    public static readonly Refusal Duplicate = new(
        "household.duplicate",
            "This household is already registered, or is on an earlier line of this file. Remove these rows if it "
            + "is the same household.",
        RefusalKind.Conflict);
}
