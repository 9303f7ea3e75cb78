using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>Asks Payments what stands where, one numbered question at a time, and looks whether the answer has come.</summary>
internal sealed class SwitchCounts(RoutingDb db, Outbox<RoutingDb> outbox, TimeProvider clock)
{
    /// <summary>How long an answer is waited for before the question is sent again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public void Ask(Switch subject, Question question)
    {
        subject.Ask(question, clock.GetUtcNow());
        Send(subject);
    }

    /// <summary>The answer to the question that is open; null while there is none, and then the question is sent again if it has waited long.</summary>
    public async Task<CountTaken?> AnswerAsync(Switch subject, CancellationToken cancel)
    {
        var answer = await db.Counts.AsNoTracking().SingleOrDefaultAsync(count => count.SwitchId == subject.Id && count.Asked == subject.Asked, cancel);
        if (answer is null && subject.AskedAt + Patience <= clock.GetUtcNow())
        {
            subject.AskAgain(clock.GetUtcNow());
            Send(subject);
        }

        return answer;
    }

    private void Send(Switch subject) => outbox.Send(new CountDispositions(
        subject.Id.ToString(), subject.Asked, subject.CycleId.ToString(), subject.Programme, subject.Areas, subject.FromChannels,
        WithList: subject.AskedFor != Question.Progress));
}
