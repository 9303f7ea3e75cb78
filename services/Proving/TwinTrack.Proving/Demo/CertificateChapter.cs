using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <param name="LedgerSum">Of all accounts, minor units; zero when every amount has its other side.</param>
/// <param name="AuditVerified">Every service's chain, each hash computed again.</param>
internal sealed record Certified(long LedgerSum, long BreaksOpen, bool AuditVerified);

/// <summary>The cycle is certified, and everybody's record of it verified.</summary>
internal static class CertificateChapter
{
    /// <summary>What was settled after the last statements needs the next ones.</summary>
    private static readonly TimeSpan StatementsEvery = TimeSpan.FromSeconds(5);

    public static async Task<Certified> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        var asked = TimeProvider.System.GetTimestamp();
        var certificate = await Waiting.UntilAsync(
            "the certificate", NextAsync, seen => seen.Hash is not null, seen => seen.Missing, cancel);
        var batch = await people.Reconciler.GetAsync($"/reconciliation/batches/{world.BatchId}", cancel);
        var ledgerSum = (await people.Auditor.GetAsync("/reconciliation/ledger", cancel)).Number("sumMinor");
        story.Say(
            $"certificate {certificate.Hash![..12]}: {Story.Number(batch.Number("matched"))} settled payments matched "
                + Invariant($"to statement lines, ledger sum {ledgerSum}, open breaks {batch.Number("breaksOpen")}"));
        var chains = await AuditChain.VerifyAllAsync(people.Auditor, static (_, _) => { }, cancel);
        foreach (var broken in chains.Where(chain => chain.Broken is not null))
        {
            story.Say($"audit of {broken.Service} is broken: {broken.Broken}");
        }

        var verified = chains.TrueForAll(chain => chain.Broken is null);
        story.Say(
            $"audit: {Story.Number(chains.Sum(chain => chain.Entries))} entries of {chains.Count} services "
                + $"{(verified ? "verified" : "NOT verified")}, each hash computed again");
        return new Certified(ledgerSum, batch.Number("breaksOpen"), verified);

        async Task<(string? Hash, string Missing)> NextAsync()
        {
            var seen = await CertifyAsync(world, cancel);
            if (seen.Hash is null && TimeProvider.System.GetElapsedTime(asked) > StatementsEvery)
            {
                await LateAnswersChapter.ImportAllAsync(world, cancel);
                asked = TimeProvider.System.GetTimestamp();
            }

            return seen;
        }
    }

    private static async Task<(string? Hash, string Missing)> CertifyAsync(DemoWorld world, CancellationToken cancel)
    {
        try
        {
            return ((await ReconcileCertify.CertifyAsync(world.People.Reconciler, world.BatchId, cancel)).Require(
                "hash"), "");
        }
        // The batch is unknown until its release message arrives, which may be lost and sent again.
        catch (ApiRefusal refusal) when (refusal.Code is "certificate.not_yet" or "batch.unknown")
        {
            return (null, refusal.Reason);
        }
    }
}
