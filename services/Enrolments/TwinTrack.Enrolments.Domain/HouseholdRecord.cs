namespace TwinTrack.Enrolments.Domain;

public enum Sex
{
    F,
    M,
}

/// <summary>
/// A household as the registry describes it, every rule kept. Holds personal data: it is sealed before it is stored.
/// </summary>
/// <param name="Row">Line of the head in the file.</param>
/// <param name="RegistryId">The registry's own id.</param>
/// <param name="Area">P-code.</param>
/// <param name="RegisteredOn">The day when the registry visited the household. The record's age counts from it.</param>
/// <param name="Members">Head first; 1 to 30.</param>
/// <param name="Instrument">The head's.</param>
public sealed record HouseholdRecord(
    long Row,
    string RegistryId,
    string Area,
    PovertyScore PovertyScore,
    DateOnly RegisteredOn,
    IReadOnlyList<MemberRecord> Members,
    Instrument Instrument)
{
    private const int AdultFromYears = 18;

    public MemberRecord Head => Members[0];

    /// <summary>The person who may collect instead of the head: the second member, if adult on that day.</summary>
    public string? Alternate(DateOnly today) =>
        Members.Count > 1 && Members[1].BirthDate <= today.AddYears(-AdultFromYears) ? Members[1].Name : null;

    /// <summary>
    /// Payee, instrument and account as one text. The fingerprint that is approved and paid is computed from it. Only
    /// the name may hold a bar, so no two payees share a text.
    /// </summary>
    public string PayeeText => string.Join('|', Head.Name, Instrument.Kind, Instrument.Account, Instrument.BankBic);
}

/// <param name="Number">1 is the head and recipient.</param>
/// <param name="NationalId">Capital letters; null when unknown.</param>
public sealed record MemberRecord(int Number, string Name, Sex Sex, DateOnly BirthDate, string? NationalId);
