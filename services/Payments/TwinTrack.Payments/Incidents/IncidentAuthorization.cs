using System.Security.Claims;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Incidents;

/// <summary>
/// Every act of a person on an incident passes here. The kind must allow the act, the person must hold the owner's
/// role, and somebody must be assigned.
/// </summary>
internal sealed class IncidentAuthorization(PaymentsDb db, AuditTrail<PaymentsDb> audit, IncidentAccounting accounting)
{
    private const int NoteMax = 1_000;
    private const int ReferenceMax = 200;

    internal async Task<Result<Incident>> OpenAsync(
        IncidentId id, IncidentAct act, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (await db.Incidents.FindAsync([id], cancel) is not { } incident)
        {
            return IncidentRefusals.Unknown;
        }

        var rule = IncidentKindRules.RuleOf(incident.Kind);
        return !rule.Acts.Contains(act) ? IncidentRefusals.OtherAct(incident.Kind, act)
            : !user.IsInRole(rule.OwnerRole) ? IncidentRefusals.OtherRole(rule.OwnerRole)
            : act != IncidentAct.Take && incident.TakenBy is null ? IncidentRefusals.NotTaken
            : incident;
    }

    internal static Result<string> Note(string? text) =>
        FreeText.IsGiven(text, NoteMax) ? text : IncidentRefusals.NoNote;

    internal static Result<string> Reference(string? text) =>
        FreeText.IsGiven(text, ReferenceMax) ? text : IncidentRefusals.NoReference;

    /// <summary>Records the act for the audit and sends the amounts to Reconciliation.</summary>
    internal async Task<IncidentView> DoneAsync(
        Incident incident, Actor actor, string what, string? note, object facts, CancellationToken cancel)
    {
        incident.Note += note is null ? "" : " " + note;
        incident.Version++;
        accounting.PublishMovements();
        await audit.RecordAsync(actor, what, incident.Id.ToString(),
            new { Kind = incident.Kind.ToString(), State = incident.State.ToString(), Facts = facts }, cancel);
        return IncidentView.Of(incident);
    }
}
