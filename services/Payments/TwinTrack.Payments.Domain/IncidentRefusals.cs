using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>Why an act on an incident is refused, in order of precedence.</summary>
public static class IncidentRefusals
{
    public static readonly Refusal Unknown = new("incident.unknown",
        "No incident has this id. Check the id in the list of incidents.", RefusalKind.NotFound);

    public static readonly Refusal NoNote = new(
        "incident.no_note",
            "The note is missing or too long. Give 1 to 1,000 characters, without personal data.", RefusalKind.Invalid);

    public static readonly Refusal NoReference =
        new("incident.no_reference",
            "The reference is missing or too long. Name the proof, such as a statement line or a credit note, in 1"
            + " to 200 characters.",
            RefusalKind.Invalid);

    public static readonly Refusal UnknownEnd = new(
        "incident.unknown_finding", "This is not a finding. Send no_loss, stands or not_paid.", RefusalKind.Invalid);

    /// <summary>May succeed for a person who holds the owner's role.</summary>
    public static Refusal OtherRole(string role) =>
        new("incident.other_role",
            $"The role '{role}' works on this kind of incident. Ask a person with that role.");

    public static Refusal OtherAct(IncidentKind kind, IncidentAct act) =>
        new("incident.other_act",
            $"{act} is not possible for an incident of the kind {kind}. GET /incidents/(id) lists the possible "
            + "acts.");

    /// <summary>May succeed later, once somebody has taken it.</summary>
    public static readonly Refusal NotTaken = new(
        "incident.not_taken", "Nobody has taken this incident. Take it first.");

    public static Refusal OtherEnd(IncidentKind kind, IncidentEnd end) =>
        new("incident.other_end",
            $"An incident of the kind {kind} cannot end as {end}. Choose another finding.");

    /// <summary>May succeed later, when an attempt is settled.</summary>
    public static readonly Refusal NoPayment = new(
        "incident.no_payment",
            "No attempt of the obligation is settled, so it is not proved that it was paid. Wait for a settlement.");

    /// <summary>May succeed later, when that attempt has ended without payment.</summary>
    public static readonly Refusal StillLive = new(
        "incident.still_live",
            "Another attempt may still pay the obligation. Wait until that attempt has ended.");

    public static Refusal ClaimTooLarge(long reportedMinor) =>
        new("incident.claim",
            "This amount cannot be claimed. "
                + Invariant($"Claim 1 to {reportedMinor} minor units, the amount of the incident."));

    public static Refusal RecoveryTooLarge(long outstandingMinor) =>
        new("incident.recovery",
            Invariant($"This amount is not outstanding. Record 1 to {outstandingMinor} minor units."));

    /// <summary>May succeed later, when the source is known here.</summary>
    public static Refusal UnknownBearer(string source) =>
        new("incident.unknown_bearer",
            $"The programme has no funds of '{source}' in this currency. Choose another source, or deposit funds "
            + "first.");

    /// <summary>May succeed later, after a deposit.</summary>
    public static Refusal BearerLacksFunds(string source) =>
        new("incident.bearer_lacks_funds",
            $"The funds of '{source}' do not suffice. Deposit more funds first, or choose another source.");

    public static readonly Refusal NoParty = new(
        "incident.no_party",
            "Only people of the government or the partner decide who bears a loss. Ask one of them.");

    public static readonly Refusal SamePerson = new("incident.same_person",
        "You made the proposal, so you cannot decide on it. Another person of the other party must decide.");

    public static readonly Refusal SameParty = new(
        "incident.same_party",
            "Your party made the proposal. A person of the other party must decide.");
}
