using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;
using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// A partner's system over our API: its own lists, its own returns, under its agreement, and nothing else.
/// </summary>
public sealed class A_partners_own_access
{
    private const string Format =
        """{"name":"json","list":{"form":"json","columns":[{"header":"ref","field":"payment_id"},{"header":"name","field":"name"},{"header":"sum","field":"amount"}]},"returns":{"form":"json","columns":{"payment_id":"ref","status":"state","amount":"paid?"},"words":{"done":"delivered","gone":"not_delivered"}}}""";

    [Fact]
    public async Task Fetches_a_list_and_brings_its_return_as_a_file_transfer_would()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder.Path, areas: """["NE001"]""");
        var orders = await host.OrderAsync(4);
        await host.UntilReportedAsync("rejected", 2);
        using var partner = host.As("camp", Role.Partner);

        var tranche = (await TrancheAsync(partner)).GetProperty("items").EnumerateArray().Single();
        var reference = tranche.GetProperty("reference").GetString();
        var answer = await partner.GetAsync($"/providers/partner/t1/tranches/{reference}/list");
        var list = await answer.Content.ReadAsByteArrayAsync();
        using var rows = JsonDocument.Parse(list);
        var names = rows.RootElement.EnumerateArray().Select(row => row.GetProperty("ref").GetString()!).ToList();

        names.Should().BeEquivalentTo(orders.Where(order => order.Area == "NE001").Select(Reference),
            "the others lie outside of the agreement");
        (await host.ReportsAsync()).Where(row => row.Outcome == "rejected").Should()
            .OnlyContain(row => row.Code == "NEVER_SENT_OUTSIDE_AGREEMENT" && row.Grade == "A");
        tranche.GetProperty("sha256").GetString().Should().Be(Convert.ToHexStringLower(SHA256.HashData(list)));
        answer.Headers.GetValues("Content-Digest").Single().Should()
            .Be($"sha-256=:{Convert.ToBase64String(SHA256.HashData(list))}:");
        (await host.LookAsync(
            db => db.Audit.AsNoTracking().Where(row => row.Action == "disclose-tranche").ToListAsync())).Should()
            .ContainSingle()
            .Which.Details.Should().Contain("NE001").And.Contain("DSA-1").And.NotContain("NE002");

        var content = $$"""[{"ref":"{{names[0]}}","state":"done","paid":100},{"ref":"{{names[1]}}","state":"gone"}]""";
        (await BringAsync(partner, "day-1.closed-return.json", content)).StatusCode.Should()
            .Be(HttpStatusCode.Accepted);
        await host.UntilReportedAsync("settled", 1);
        await host.UntilReportedAsync("rejected", 3);
        var report = await TestHost.Until(
            async () => await partner.GetAsync("/providers/partner/t1/answers/day-1.closed-return.json"),
            got => got.StatusCode == HttpStatusCode.OK);
        (await report.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").GetArrayLength().Should().Be(0);
        (await BringAsync(partner, "day-1.closed-return.json", content)).StatusCode.Should()
            .Be(HttpStatusCode.Accepted, "the same again is the same");
        (await BringAsync(partner, "day-1.closed-return.json", content + " ")).StatusCode.Should()
            .Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Is_told_which_rows_refused_its_file_and_that_nothing_of_it_counts()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder.Path);
        var orders = await host.OrderAsync(2);
        await host.UntilReportedAsync("sent", 2);
        using var partner = host.As("camp", Role.Partner);

        await BringAsync(partner, "a.closed-return.json",
            $$"""[{"ref":"{{Reference(orders[0])}}","state":"gone"},"""
                + $$"""{"ref":"{{new string('a', 32)}}","state":"gone"},"""
                + $$"""{"ref":"{{Reference(orders[1])}}","state":"done","paid":999999}]""");

        var report = await TestHost.Until(
            async () =>
                await (await partner.GetAsync(
                    "/providers/partner/t1/answers/a.closed-return.json")).Content.ReadFromJsonAsync<JsonElement>(),
            got => got.TryGetProperty("state", out var state) && state.GetString() == "Unreadable");
        report.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("row").GetInt32()).Should()
            .Equal(2, 3);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 2);
    }

    [Fact]
    public async Task Is_enough_for_an_agency_that_shares_no_directory_with_us()
    {
        using var folder = new TemporaryFolder();
        using var theirs = new TemporaryFolder();
        var settings = Settings(folder.Path);
        (settings["format"], settings["agreement"]) =
            ("hope", settings["agreement"].Replace(
                "[\"name\"]", "[\"name\",\"household_id\",\"alternate\",\"area\"]", StringComparison.Ordinal));
        await using var host = await ProvidersHost.StartAgencyAsync(settings);
        using var partner = host.As("camp", Role.Partner);
        await using var agency = await AgencySimulator.StartAsync(
            new SimulatorOptions
            {
                Directory = theirs.Path,
                Style = "hope",
                ExecuteAfterMs = 50,
                DelayMs = 30,
                Reject = 0.3,
                Api = new Uri(partner.BaseAddress!, "/providers/partner/t1/").ToString(),
                Token = partner.DefaultRequestHeaders.Authorization!.Parameter,
            },
            TimeProvider.System);

        await host.OrderAsync(20);
        await TestHost.Until(host.StatesAsync,
            states => states.GetValueOrDefault(PaymentOrderState.Settled)
                + states.GetValueOrDefault(PaymentOrderState.Rejected) == 20);

        var paid =
            await host.LookAsync(
                db => db.PaymentOrders.AsNoTracking().Where(row => row.State == PaymentOrderState.Settled)
                    .Select(row => row.InstructionId).ToListAsync());
        agency.Ledger.Rows.Select(row => row.Reference).Should().BeEquivalentTo(paid.Select(WireReference.Of));
        paid.Should().NotBeEmpty().And.HaveCountLessThan(20);
    }

    [Fact]
    public async Task Ends_with_its_agreement()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder.Path);
        await host.OrderAsync(2);
        await host.UntilReportedAsync("sent", 2);
        using var partner = host.As("camp", Role.Partner);
        var reference = (await TrancheAsync(partner)).GetProperty("items")[0].GetProperty("reference").GetString();

        await host.ConnectAsync(Settings(folder.Path, until: "2020-12-31"));
        (await (await partner.GetAsync(
            $"/providers/partner/t1/tranches/{reference}/list")).Content.ReadAsStringAsync()).Should()
            .Contain("partner.agreement_over");
        await host.ConnectAsync(Settings(folder.Path, areas: """["NE001"]"""));
        (await (await partner.GetAsync(
            $"/providers/partner/t1/tranches/{reference}/list")).Content.ReadAsStringAsync()).Should()
            .Contain("partner.area_not_agreed");
        (await partner.GetAsync($"/providers/partner/t1/tranches/{reference}/control")).StatusCode.Should()
            .Be(HttpStatusCode.OK, "totals are nobody's data");
        (await host.LookAsync(db => db.Audit.CountAsync(row => row.Action == "disclose-tranche"))).Should().Be(0);
    }

    [Fact]
    public async Task Is_no_way_to_anything_else()
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartAsync(folder.Path);
        await host.OrderAsync(1);
        await host.UntilReportedAsync("sent", 1);
        using var partner = host.As("camp", Role.Partner);
        using var stranger = host.As("camp2", Role.Partner);
        using var admin = host.As("camp", Role.Admin, Role.Operator);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "secret.list.json"), "[]");

        (await stranger.GetAsync("/providers/partner/t1/tranches")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await BringAsync(stranger, "a.return.json", "[]")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await admin.GetAsync("/providers/partner/t1/tranches")).StatusCode.Should()
            .Be(HttpStatusCode.Forbidden, "the role is needed, not only the name");
        (await partner.GetAsync("/providers/partner/t9/tranches")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        foreach (var path in new[] { "channels", "connections", "channels/t1/evidence", "audit" })
        {
            (await partner.GetAsync($"/providers/{path}")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }

        foreach (var reference in new[] { "..%2Fsecret", "secret", "%00", "U1/../../x", new string('U', 300) })
        {
            (await partner.GetAsync($"/providers/partner/t1/tranches/{reference}/list")).StatusCode.Should()
                .BeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        }

        (await (await partner.GetAsync(
            "/providers/partner/t1/tranches/U1/secret")).Content.ReadAsStringAsync()).Should()
            .Contain("partner.part_unknown");
        foreach (var name in new[] { "..%2Fx.return.json", "x.return.exe", ".return.json", "x.list.json" })
        {
            (await BringAsync(partner, name, "[]")).StatusCode.Should()
                .BeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        }

        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Should()
            .NotContain(path => path.EndsWith("x.return.json", StringComparison.Ordinal));
    }

    private static Task<ProvidersHost> StartAsync(string directory, string? areas = null) =>
        ProvidersHost.StartAgencyAsync(Settings(directory, areas: areas));

    private static Dictionary<string, string> Settings(
        string directory, string until = "2999-12-31", string? areas = null) => new()
        {
            ["directory"] = directory,
            ["agencyName"] = "Camp",
            ["format"] = Format,
            ["partnerUsers"] = "camp, camp-2",
            ["agreement"] =
            $$"""{"reference":"DSA-1","validFrom":"2020-01-01","validUntil":"{{until}}","fields":["name"]{{(areas is null ? "" : $",\"areas\":{areas}")}}}""",
        };

    private static async Task<JsonElement> TrancheAsync(HttpClient partner) => await TestHost.Until(
        async () => await partner.GetFromJsonAsync<JsonElement>("/providers/partner/t1/tranches"),
        page => page.GetProperty("items").GetArrayLength() > 0);

    private static Task<HttpResponseMessage> BringAsync(HttpClient partner, string name, string content) =>
        partner.PutAsync($"/providers/partner/t1/answers/{name}",
            new ByteArrayContent(Encoding.UTF8.GetBytes(content)));

    private static string Reference(SubmitRow order) =>
        WireReference.Of(InstructionId.Parse(order.InstructionId, null));

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("twintrack-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
