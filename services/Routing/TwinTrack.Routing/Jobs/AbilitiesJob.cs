using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Registers a channel at Providers until its abilities are declared. Then repeats it once a day, because a new version
/// of the adapter may declare others. Subject: the channel.
/// </summary>
internal sealed class AbilitiesJob(RoutingDb db, Outbox<RoutingDb> outbox) : IJob<RoutingDb>
{
    public const string Kind = "abilities";

    public static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(10);

    /// <summary>Providers declares by itself when the connection is set. This covers a lost message.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Declared = TimeSpan.FromDays(1);

    /// <summary>Providers answers with the abilities of the channel's adapter.</summary>
    public static RegisterChannel Question(Channel channel) => new(
        channel.Code, channel.Provider, channel.Adapter, channel.Track, channel.Currency, channel.Epoch);

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            if (await db.ChannelToChangeAsync(job.Subject, cancel) is not { } channel)
            {
                return JobStep.Finished;
            }

            outbox.Send(Question(channel));
            return JobStep.After(channel.Abilities is not null ? Declared
                : channel.AbilitiesRefusal is not null ? Refused : Unanswered);
        },
        cancel);
}
