using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <param name="Members">Head first.</param>
internal sealed record SealedHousehold(Household Household, PayeeInstrument Instrument, IReadOnlyList<Member> Members);

/// <summary>
/// Turns a household of the file into rows without readable personal data. The payee is sealed here once and is always
/// sent in this form.
/// </summary>
internal sealed class HouseholdSealing(IConfiguration configuration)
{
    /// <summary>
    /// Hex digits of a comparing fingerprint: 128 bits, enough that no two people share one by chance.
    /// </summary>
    private const int ComparedDigits = 32;

    private static readonly JsonSerializerOptions Json = new(
        JsonSerializerDefaults.Web)
    { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Sealer _sealer = Sealer.Named("payee", configuration);

    /// <summary>
    /// The contract's plain text: <c>{"registryId","name","instrument","account","bankBic","alternate"}</c>.
    /// </summary>
    internal sealed record Payee(string RegistryId, string Name, string Instrument, string? Account, string? BankBic,
        string? Alternate);

    internal SealedHousehold Seal(HouseholdRecord record, Import import, long number, TimeProvider clock)
    {
        var payee = new Payee(
            record.RegistryId,
            record.Head.Name,
            record.Instrument.Kind,
            record.Instrument.Account,
            record.Instrument.BankBic,
            record.Alternate(DateOnly.FromDateTime(import.ReceivedAt.UtcDateTime)));
        var household = new Household
        {
            Number = number,
            Id = HouseholdId.New(clock),
            RegistryId = record.RegistryId,
            ImportId = import.Id,
            Row = record.Row,
            Area = record.Area,
            PovertyScoreHundredths = record.PovertyScore.Hundredths,
            RegisteredOn = record.RegisteredOn,
            MemberCount = record.Members.Count,
            State = HouseholdState.Staged,
        };
        var instrument = new PayeeInstrument
        {
            HouseholdNumber = number,
            Kind = record.Instrument.Kind,
            PayeeSealed = _sealer.Seal(JsonSerializer.Serialize(payee, Json)),
            PayeeFingerprint = _sealer.Fingerprint(record.PayeeText),
            AccountFingerprint = Compared("account", record.Instrument.Account),
        };
        return new SealedHousehold(household, instrument, [.. record.Members.Select(member => Seal(member, number))]);
    }

    internal Payee Open(string sealedPayee) => JsonSerializer.Deserialize<Payee>(_sealer.Open(sealedPayee), Json)!;

    internal string OpenName(string sealedName) => _sealer.Open(sealedName);

    private Member Seal(MemberRecord member, long number) => new()
    {
        HouseholdNumber = number,
        Position = member.Number,
        NameSealed = _sealer.Seal(member.Name),
        Sex = member.Sex,
        BirthDate = member.BirthDate,
        NationalIdFingerprint = Compared("national-id", member.NationalId),
    };

    /// <summary>
    /// The kind is included, so that an account and an equal national id have different fingerprints.
    /// </summary>
    private string? Compared(string kind, string? text) =>
        text is null ? null : _sealer.Fingerprint($"{kind}|{text}")[..ComparedDigits];
}
