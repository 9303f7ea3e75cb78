using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>Why an act on an incident is refused, in order of precedence.</summary>
public static class IncidentRefusals
{
    public static readonly Refusal Unknown = new("incident.unknown", "No such incident.", RefusalKind.NotFound);

    public static readonly Refusal NoNote = new(
        "incident.no_note", "Say why, in 1 to 1,000 characters, without personal data.", RefusalKind.Invalid);

    public static readonly Refusal NoReference =
        new("incident.no_reference", "Name what proves it (a statement line, a credit note), in 1 to 200 characters.",
            RefusalKind.Invalid);

    public static readonly Refusal UnknownEnd = new(
        "incident.unknown_finding", "A finding is no_loss, stands or not_paid.", RefusalKind.Invalid);

    /// <summary>May succeed for a person who holds the owner's role.</summary>
    public static Refusal OtherRole(string role) =>
        new("incident.other_role", $"This kind of incident is worked by the role '{role}'.");

    public static Refusal OtherAct(IncidentKind kind, IncidentAct act) =>
        new("incident.other_act", $"{act} is no act on an incident of the kind {kind}.");

    /// <summary>May succeed later, once somebody has taken it.</summary>
    public static readonly Refusal NotTaken = new(
        "incident.not_taken", "Take the incident first: whoever acts on it answers for it.");

    public static Refusal OtherEnd(IncidentKind kind, IncidentEnd end) =>
        new("incident.other_end", $"An incident of the kind {kind} does not end as {end}.");

    /// <summary>May succeed later, when an attempt is settled.</summary>
    public static readonly Refusal NoPayment = new(
        "incident.no_payment", "No attempt of the obligation is settled: it is not proved to be paid once.");

    /// <summary>May succeed later, when that attempt has ended without payment.</summary>
    public static readonly Refusal StillLive = new(
        "incident.still_live", "Another attempt may still pay the obligation; its end decides.");

    public static Refusal ClaimTooLarge(long reportedMinor) =>
        new("incident.claim",
            Invariant($"Claim from 1 to {reportedMinor} minor units: the incident is about no more."));

    public static Refusal RecoveryTooLarge(long outstandingMinor) =>
        new("incident.recovery",
            Invariant($"From 1 to {outstandingMinor} minor units are outstanding: never more than the loss."));

    /// <summary>May succeed later, when the source is known here.</summary>
    public static Refusal UnknownBearer(string source) =>
        new("incident.unknown_bearer", $"The programme has no funds of '{source}' in this currency.");

    /// <summary>May succeed later, after a deposit.</summary>
    public static Refusal BearerLacksFunds(string source) =>
        new("incident.bearer_lacks_funds", $"The funds of '{source}' do not suffice to bear it.");

    public static readonly Refusal NoParty = new(
        "incident.no_party", "Only people of the government or the partner decide who bears a loss.");

    public static readonly Refusal SamePerson = new("incident.same_person", "It takes two people.");

    public static readonly Refusal SameParty = new(
        "incident.same_party", "It takes two parties: the second word is the other party's.");
}
