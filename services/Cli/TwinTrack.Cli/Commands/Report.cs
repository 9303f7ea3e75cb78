using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>report: where a batch stands, as Payments and as Reconciliation see it.</summary>
internal static class Report
{
    private static readonly Argument<string> Batch = new("batch") { Description = "The batch's id, bat_..." };

    public static Command Build() =>
        new Command(
            "report",
            "Where a batch's money stands: settled by track, under way, in doubt, unpaid and why; and the books beside "
                + "it.") { Batch }
        .Answers(static async (parsed, api, cancel) =>
        {
            var id = RemoteCommand.Segment(parsed.GetRequiredValue(Batch));
            var payments = await api.GetAsync($"/payments/batches/{id}/report", cancel);
            var books = await BooksAsync(api, id, cancel);
            return JsonSerializer.SerializeToElement(new { payments, reconciliation = books });
        });

    private static async Task<JsonElement?> BooksAsync(Api api, string id, CancellationToken cancel)
    {
        try
        {
            return await api.GetAsync($"/reconciliation/batches/{id}", cancel);
        }
        catch (ApiRefusal refusal) when (refusal.Status == System.Net.HttpStatusCode.NotFound)
        {
            // Not released yet: there is nothing to reconcile.
            return null;
        }
    }
}
