using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>GET /switches/{id}: one switch with its decisions, proofs and progress.</summary>
internal static class GetSwitch
{
    internal sealed record Response(
        SwitchId Id,
        string Programme,
        CycleId CycleId,
        IReadOnlyList<string> Areas,
        IReadOnlyList<string> FromChannels,
        int ToTrack,
        string Reason,
        DateOnly? Until,
        string? ReturnCriteria,
        SwitchState State,
        string? Note,
        string ProposedBy,
        DateTimeOffset ProposedAt,
        DateTimeOffset ExpiresAt,
        string? Hash,
        IEnumerable<Step> Steps,
        IEnumerable<VoteItem> Votes,
        IEnumerable<Proof> Channels,
        Rehearsal? Rehearsal,
        Standing? Progress,
        Governance? Governance,
        Ratification Ratification,
        IEnumerable<RatificationVote> Ratifications,
        IEnumerable<AbortVote> AbortVotes);

    internal sealed record Step(SwitchState State, DateTimeOffset At, string By);

    /// <param name="Counts">False when a later rehearsal came to another hash.</param>
    /// <param name="ReachConfirmed">Whether the voter confirmed that the switch reaches few or none.</param>
    internal sealed record VoteItem(string User, string Party, bool Approve, string Hash, DateTimeOffset At,
        bool Counts, bool ReachConfirmed);

    internal sealed record Proof(
        string Channel, string Provider, long Epoch, long? LastSequence, DateTimeOffset? ProvedAt, long? Withdrawn,
        long? RecallsAsked, long? NotRecallable);

    internal sealed record Standing(
        DateTimeOffset At,
        long Obligations,
        long AmountMinor,
        IReadOnlyList<DispositionSum> ByDisposition,
        IReadOnlyList<EvidenceSum> Moved,
        Sum MovedUnfinished,
        Sum WaitingToMove,
        Sum Unreachable,
        IReadOnlyList<DoubtSum> InDoubt);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/switches/{id}", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .ReadsOneState<RoutingDb>()
        .WithName(nameof(GetSwitch))
        .WithSummary("One change of track: decision, proofs and progress.");

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, RoutingDb db, RoutingFactsQuery factsQuery, CeilingCapacityQuery ceilings, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Switches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        var facts = await factsQuery.ReadAsync(subject.Programme, subject.CycleId, cancel);
        var latest = await db.Counts.AsNoTracking()
            .SingleOrDefaultAsync(
                count => count.SwitchId == id && count.CountNumber == subject.ProgressCount, cancel);
        return TypedResults.Ok(ResponseOf(
            subject,
            facts,
            StandingOf(latest, subject, facts,
                await ceilings.LookAsync(facts, subject.CycleId, cancel), clock.GetUtcNow()),
            clock.GetUtcNow()));
    }

    private static Response ResponseOf(Switch subject, RoutingFacts facts, Standing? standing,
        DateTimeOffset now) => new(
        subject.Id,
        subject.Programme,
        subject.CycleId,
        subject.Areas,
        subject.FromChannels,
        subject.ToTrack,
        Word.Of(subject.Reason),
        subject.Until,
        subject.ReturnCriteria,
        subject.State,
        subject.Note,
        subject.ProposedBy,
        subject.ProposedAt,
        subject.ExpiresAt,
        subject.Hash,
        subject.Steps.OrderBy(step => step.Number).Select(step => new Step(step.State, step.At, step.By)),
        subject.Votes.OrderBy(vote => vote.At)
            .Select(vote => new VoteItem(
                vote.User, vote.Party, vote.Approve, vote.Hash, vote.At, !vote.Voided, vote.ReachConfirmed)),
        subject.Channels.OrderBy(channel => channel.Channel, StringComparer.Ordinal).Select(channel => new Proof(
            channel.Channel, facts.ProviderOf(channel.Channel), channel.Epoch, channel.LastSequence, channel.ProvedAt,
            channel.Withdrawn, channel.RecallsAsked, channel.NotRecallable)),
        subject.Rehearsal,
        standing,
        subject.Governance,
        RatificationBallot.Count(subject, now),
        subject.Ratifications.OrderBy(vote => vote.At),
        subject.AbortVotes.OrderBy(vote => vote.At));

    private static Standing? StandingOf(StoredCount? counted, Switch subject, RoutingFacts facts,
        CeilingCapacity capacity,
        DateTimeOffset now)
    {
        if (counted is null)
        {
            return null;
        }

        var progress = Progress.Of(counted.Count, subject.Scope, facts, capacity);
        return new Standing(
            counted.At,
            counted.Count.Obligations,
            counted.Count.AmountMinor,
            new Breakdown(counted.Count, facts.CanRecall).ByDisposition(),
            Progress.MovedBy(counted.Count),
            progress.MovedUnfinished,
            progress.WaitingToMove,
            progress.Unreachable,
            Progress.InDoubt(counted.Count, subject, facts, now));
    }
}
