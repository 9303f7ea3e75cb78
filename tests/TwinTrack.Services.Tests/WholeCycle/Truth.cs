using System.Text.Json;
using TwinTrack.Platform.Security;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// What must be true when a cycle is over, whatever happened in it. Judged by the providers' books, not by our own
/// tables.
/// </summary>
internal static class Truth
{
    private static readonly string[] Services =
        ["enrolments", "entitlements", "payments", "routing", "providers", "reconciliation"];

    public static async Task CheckAsync(Caller call, Script script, Providers providers, string because)
    {
        var due = await EntitlementsAsync(call, script.Cycle);
        var paid = providers.Payments.GroupBy(row => row.EndToEnd)
            .ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.AmountMinor - row.ReturnedMinor));

        paid.Keys.Should().BeSubsetOf(due.Keys, $"nobody is paid what is not due {because}");
        foreach (var (number, amount) in due)
        {
            var net = paid.GetValueOrDefault(number);
            net.Should().BeOneOf([0, amount], $"{number} is paid whole or not at all {because}");
            var story = await call.GetAsync("auditor", $"/payments/payments/obl_{number}");
            (story.Text("status") == "Settled").Should()
                .Be(net == amount, $"we say of {number} what the books say: {story} {because}");
            if (net == 0)
            {
                story.GetProperty("unpaidReason").GetString().Should()
                    .NotBeNullOrEmpty($"who is not paid is named with a reason {because}");
            }
        }

        (await call.GetAsync("auditor", "/reconciliation/ledger")).GetProperty("sumMinor").GetInt64().Should()
            .Be(0, because);
        (await call.GetAsync("auditor", "/reconciliation/breaks?state=Open")).GetProperty("items").GetArrayLength()
            .Should().Be(0, because);
        foreach (var service in Services)
        {
            await CheckChainAsync(call, service, because);
        }
    }

    private static async Task<Dictionary<string, long>> EntitlementsAsync(Caller call, string cycle)
    {
        var page = await call.GetAsync("auditor", $"/entitlements/cycles/{cycle}/entitlements?limit=1000");
        return page.GetProperty("items").EnumerateArray()
            .ToDictionary(row => row.Text("id")["ent_".Length..], row => row.GetProperty("amountMinor").GetInt64());
    }

    private static IEnumerable<string> Keys(JsonElement details) => details.ValueKind switch
    {
        JsonValueKind.Object => details.EnumerateObject().SelectMany(
            property => Keys(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => details.EnumerateArray().SelectMany(Keys),
        _ => [],
    };

    private static async Task CheckChainAsync(Caller call, string service, string because)
    {
        var previous = new string('0', 64);
        long after = 0;
        while (true)
        {
            var page = await call.GetAsync("auditor", Invariant($"/{service}/audit?after={after}"));
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                entry.GetProperty("sequence").GetInt64().Should().Be(++after, because);
                entry.Text("previousHash").Should().Be(previous, because);
                previous = AuditEntry.HashOf(
                    after, entry.GetProperty("at").GetDateTimeOffset(), entry.Text("actor"), entry.Text("action"),
                    entry.Text("subject"), entry.Text("details"), previous);
                entry.Text("hash").Should().Be(previous, because);
                Keys(JsonDocument.Parse(entry.Text("details")).RootElement)
                    .Should().OnlyContain(key => char.IsAsciiLetterLower(key[0]) && key.All(char.IsAsciiLetterOrDigit),
                        $"{entry.Text("action")} of {service} has details in camelCase");
            }

            if (page.GetProperty("next").ValueKind == JsonValueKind.Null)
            {
                return;
            }
        }
    }
}
