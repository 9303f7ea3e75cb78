using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Embedded;
using TwinTrack.Providers.Persistence;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// A batch is released while Track 1 is suspended in one of its areas. The other area is paid, and this one waits
/// until the suspension ends.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_suspended_area(PostgresServer postgres)
{
    private const int Households = 48;

    /// <summary>Every eighth household lives in the other area.</summary>
    private const int Waiting = 42;

    private const string Area = "NE003";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Waits_with_its_reason_after_the_release_and_is_paid_once_when_it_ends(string engine)
    {
        await using var providers = await Providers.StartAsync(seed: 7, faults: false);
        await using var host = await TestHost.StartAsync(
            null, await SettingsAsync(engine), null, AllModules.InReadingOrder());
        var call = new Caller(host);
        var script = new Script(providers, Households);
        foreach (var (_, work) in script.Steps.TakeWhile(step => step.Name != "release"))
        {
            await work(call);
        }

        // The batch has its routes already, all under the epoch before the suspension.
        var suspension = await call.PostAsync("operator", "/routing/suspensions",
            new { track = 1, programme = "PSN", areas = new[] { Area }, reason = "payments are suspended" });
        var path = $"/routing/suspensions/{suspension.Text("id")}";
        await call.UntilAsync("operator", path, seen => seen.GetProperty("isProved").GetBoolean());
        var report = $"/payments/batches/{script.Batch}/report";
        var hash = (await call.GetAsync("manager", $"/payments/batches/{script.Batch}")).Text("contentHash");
        await call.PostAsync("finance", $"/payments/batches/{script.Batch}/release", new { contentHash = hash });

        var waiting = await call.UntilAsync("operator", report, seen =>
            Settled(seen, 1) == Households - Waiting && Suspended(seen).Sum(reason => Count(reason.Value)) == Waiting);
        Settled(waiting, 2).Should().Be(0, "nobody decided to lead it to the other track");
        Suspended(waiting).Should().OnlyContain(
            reason => reason.Name.Contains(suspension.Text("id"), StringComparison.Ordinal));
        (await LeftAsync(host)).Should().Be(0, "nothing leaves in the suspended area");
        providers.Payments.Should().HaveCount(Households - Waiting);

        await call.PostAsync("operator", path + "/end", new { reason = "the treasury pays again" });
        var paid = await call.UntilAsync("operator", report, seen => Settled(seen, 1) == Households);

        paid.GetProperty("unpaid").EnumerateObject().Should().BeEmpty();
        providers.Payments.Should().HaveCount(Households).And.OnlyHaveUniqueItems(payment => payment.EndToEnd);
    }

    private async Task<string[]> SettingsAsync(string engine)
    {
        var settings = new List<string>();
        foreach (var module in engine == "sqlite" ? [] : AllModules.InReadingOrder())
        {
            settings.Add($"--ConnectionStrings:{module.Name}");
            settings.Add(await postgres.NewDatabaseAsync($"suspended_{module.Name}"));
        }

        return [.. settings];
    }

    /// <summary>Journal lines of the suspended area.</summary>
    private static Task<int> LeftAsync(TestHost host) => host.QueryAsync<ProvidersDb, int>(db => db.Journal
        .Join(db.PaymentOrders, line => line.InstructionId, order => order.InstructionId, (_, order) => order.Area)
        .CountAsync(area => area == Area));

    private static long Settled(JsonElement report, int track) => report.GetProperty("settled").EnumerateArray()
        .Where(row => row.GetProperty("track").GetInt32() == track).Sum(row => row.GetProperty("count").GetInt64());

    private static IEnumerable<JsonProperty> Suspended(JsonElement report) =>
        report.GetProperty("unpaid").EnumerateObject()
            .Where(reason => reason.Name.StartsWith("no_channel: suspended", StringComparison.Ordinal));

    private static long Count(JsonElement tally) => tally.GetProperty("count").GetInt64();
}
