using System.Text.RegularExpressions;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>How somebody can be paid.</summary>
/// <param name="Kind">The word on the wire; a test compares it with <c>Contracts/Words/Instruments</c>.</param>
/// <param name="Account">E.164 phone, IBAN or domestic account; null for cash.</param>
/// <param name="BankBic">ISO 9362; null unless it is a bank account.</param>
public sealed partial record Instrument(string Kind, string? Account, string? BankBic)
{
    public const string Mobile = "mobile";
    public const string Bank = "bank";
    public const string Cash = "cash";

    /// <summary>Reads the three columns; the errors name theirs.</summary>
    /// <param name="country">ISO 3166-1 alpha-2; a wallet's number must be of it. Null: of any country.</param>
    internal static Instrument? Read(
        string kind, string account, string bic, string? country, Action<RegistryField, Refusal> refuse)
    {
        var faults = 0;
        void Note(RegistryField field, Refusal refusal)
        {
            faults++;
            refuse(field, refusal);
        }

        if (kind is not (Mobile or Bank or Cash))
        {
            Note(RegistryField.Instrument, kind.Length == 0 ? FieldRefusals.Missing : FieldRefusals.Instrument);
            return null;
        }

        if (!AccountOf(kind, account, country).Allows(out var sound, out var refusal))
        {
            Note(RegistryField.Account, refusal);
        }

        if (kind == Bank && !BicForm().IsMatch(bic))
        {
            Note(RegistryField.BankBic, bic.Length == 0 ? FieldRefusals.Missing : FieldRefusals.Bic);
        }
        else if (kind != Bank && bic.Length > 0)
        {
            Note(RegistryField.BankBic, FieldRefusals.BicWithoutBank);
        }

        return faults > 0 ? null : new Instrument(kind, kind == Cash ? null : sound, kind == Bank ? bic : null);
    }

    private static Result<string> AccountOf(string kind, string text, string? country) => (kind, text) switch
    {
        (Cash, "") => "",
        (Cash, _) => FieldRefusals.AccountForCash,
        (_, "") => FieldRefusals.Missing,
        (Mobile, _) => Fields.Number(text).Then(sound => WalletNumber(sound, country)),
        _ => BankAccount.Parse(text),
    };

    private static Result<string> WalletNumber(string text, string? country) => PhoneNumber.Read(text) switch
    {
        null or { IsMobile: null } => FieldRefusals.Phone,
        { IsMobile: false } => FieldRefusals.NotMobile,
        var phone when country is not null && phone.Country != country => FieldRefusals.OtherCountry,
        var phone => phone.Text,
    };

    [GeneratedRegex("^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$")]
    private static partial Regex BicForm();
}
