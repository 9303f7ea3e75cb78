using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>reconcile certify: closes a batch that adds up, or says what is missing.</summary>
internal static class ReconcileCertify
{
    private static readonly Argument<string> Batch = new("batch") { Description = "The batch's id, bat_..." };

    public static Command Build() =>
        new Command("certify", "Certify that a batch adds up, or get what is missing.") { Batch }
        .Answers(
        static (parsed, api, cancel) => CertifyAsync(
            api, RemoteCommand.Segment(parsed.GetRequiredValue(Batch)), cancel));

    /// <summary>Signs the certificate and waits for Payments' word: closed, or what of the batch still waits.</summary>
    internal static async Task<JsonElement> CertifyAsync(Api api, string batch, CancellationToken cancel)
    {
        var path = $"/reconciliation/batches/{batch}";
        var signed = await api.PostAsync(path + "/certificate", null, cancel);
        if (signed.Text("state") == "Certified")
        {
            return signed;
        }

        var seen = await Waiting.UntilAsync(
            "Payments to close the batch", () => api.GetAsync(path, cancel), seen => seen.Text("state") != "Closing",
            seen => seen.Text("state"), cancel);
        return seen.Text("state") == "Certified"
            ? await api.GetAsync(path + "/certificate", cancel)
            : throw new ApiRefusal(System.Net.HttpStatusCode.UnprocessableEntity, "certificate.not_yet",
                seen.Text("notClosedBecause") ?? "The batch was not closed.", seen);
    }
}
