using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>reconcile certify: closes a batch that adds up, or says what is missing.</summary>
internal static class ReconcileCertify
{
    private static readonly Argument<string> Batch = new("batch") { Description = "The batch's id, bat_..." };

    public static Command Build() => new Command("certify", "Certify that a batch adds up, or be told what is missing.") { Batch }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            $"/reconciliation/batches/{RemoteCommand.Segment(parsed.GetRequiredValue(Batch))}/certificate", null, cancel));
}
