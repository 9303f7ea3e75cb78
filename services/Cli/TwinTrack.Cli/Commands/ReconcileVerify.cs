using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// reconcile verify: computes the hashes of a certificate and of its addenda again. It checks that each addendum names
/// the one before it, and adds them up. No line of the service's own code is used.
/// </summary>
internal static class ReconcileVerify
{
    private static readonly string[] Totals =
        ["settled", "unpaid", "noInstruction", "followedUp", "undelivered"];

    private static readonly Argument<string> Batch = new("batch") { Description = "The batch's id, bat_..." };

    public static Command Build() =>
        new Command("verify", "Verify a batch's certificate, its addenda, and their sum.") { Batch }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Api api, Story story, CancellationToken cancel)
    {
        var verified = await VerifyAsync(api, RemoteCommand.Segment(parsed.GetRequiredValue(Batch)), cancel);
        if (parsed.GetValue(RemoteOptions.Json))
        {
            JsonView.Print(JsonSerializer.SerializeToElement(verified, JsonSerializerOptions.Web), json: true);
        }

        story.Line($"certificate {verified.CertificateHash}, {Story.Number(verified.Addenda)} addenda, last "
            + $"{verified.LastHash}: {(verified.Broken is null ? "unbroken" : "BROKEN: " + verified.Broken)}");
        return verified.Broken is null ? ExitCode.Ok : ExitCode.DoesNotHold;
    }

    /// <param name="Broken">The first thing that does not hold; null when all holds.</param>
    internal sealed record Verified(string CertificateHash, long Addenda, string LastHash, string? Broken);

    internal static async Task<Verified> VerifyAsync(Api api, string batch, CancellationToken cancel)
    {
        var path = $"/reconciliation/batches/{batch}";
        var signed = await api.GetAsync(path + "/certificate", cancel);
        var (hash, certificate) = (signed.Require("hash"), signed.At("certificate")!.Value);
        var sums = Totals.ToDictionary(name => name, name => SumOf(certificate.At(name)));
        if (HashOf(certificate) != hash)
        {
            return new Verified(hash, 0, hash, "the certificate has another hash");
        }

        var (number, last) = (0L, hash);
        await foreach (var item in api.PagesAsync(path + "/certificate/addenda", cancel))
        {
            var addendum = item.At("addendum")!.Value;
            number++;
            if (HashOf(addendum) != item.Require("hash") || addendum.Require("previousHash") != last
                || addendum.Number("number") != number || addendum.Require("batchId") != certificate.Require("batchId"))
            {
                return new Verified(hash, number, last, Invariant($"addendum {number} is not the next of its chain"));
            }

            last = item.Require("hash");
            Add(sums, addendum);
            if (Totals.FirstOrDefault(name => sums[name] != SumOf(addendum.At("figures")?.At(name))) is { } wrong)
            {
                return new Verified(hash, number, last, Invariant($"addendum {number} does not add up: {wrong}"));
            }
        }

        var now = await api.GetAsync(path, cancel);
        var differs = Totals.FirstOrDefault(name => sums[name] != SumOf(now.At(name)));
        return new Verified(hash, number, last, differs is null
            ? null : $"{differs} of the batch differs from the certificate and its addenda; wait for the next");
    }

    private static void Add(Dictionary<string, (long Count, long Minor)> sums, JsonElement addendum)
    {
        foreach (var change in addendum.List("changes"))
        {
            if (sums.TryGetValue(change.Require("figure"), out var sum))
            {
                sums[change.Require("figure")] =
                    (sum.Count + change.Number("count"), sum.Minor + change.Number("sumMinor"));
            }
        }
    }

    private static (long Count, long Minor) SumOf(JsonElement? total) =>
        (total?.Number("count") ?? 0, total?.Number("sumMinor") ?? 0);

    private static string HashOf(JsonElement signed) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed.GetRawText())));
}
