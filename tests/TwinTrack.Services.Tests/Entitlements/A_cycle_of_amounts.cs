using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Entitlements;
using TwinTrack.Entitlements.Consumers;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Entitlements;

public sealed class A_cycle_of_amounts : IAsyncLifetime
{
    private TestHost _host = null!;
    private HttpClient _manager = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(new EntitlementsModule());
        _manager = _host.As("manager", "government", Role.ProgrammeManager);
        using var admin = _host.As("admin", "government", Role.Admin);
        (await admin.PutAsJsonAsync("/entitlements/programmes/NE-SSN",
            new { name = "Filets sociaux", currency = "XOF" })).EnsureSuccessStatusCode();
        var parameters = new
        {
            @base = new { baseMinor = 15_000, perMemberMinor = 2_500, membersMax = 8, fundingSource = "treasury" },
            topUps = new[] { new { name = "flood", amountMinor = 5_000, areas = new[] { "NE001" },
                fundingSource = "partner-fund" } },
        };
        (await admin.PostAsJsonAsync("/entitlements/programmes/NE-SSN/parameters", parameters)).StatusCode.Should()
            .Be(HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        _manager.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/entitlements/cycles", """{"programme":"NE-SSN","period":"2026-11"}""")]
    [InlineData("/entitlements/programmes/NE-SSN/parameters",
        """{"base":{"baseMinor":15000,"membersMax":8,"fundingSource":"treasury"}}""")]
    [InlineData("/entitlements/programmes/NE-SSN/parameters",
        """{"base":{"baseMinor":15000,"baseMinor":1,"perMemberMinor":0,"membersMax":8,"fundingSource":"treasury"}}""")]
    [InlineData("/entitlements/programmes/NE-SSN/parameters",
        """{"base":{"baseMinor":"15000","perMemberMinor":0,"membersMax":8,"fundingSource":"treasury"}}""")]
    public async Task A_request_without_a_required_member_or_with_it_twice_or_as_text_is_refused(
        string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        (await _manager.PostAsync(path, content)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Opening_a_cycle_asks_for_its_caseload()
    {
        var id = await OpenAsync();

        var asked =
            await TestHost.Until(() => _host.SentAsync<EntitlementsDb, RequestCaseload>(), sent => sent.Count > 0);

        asked.Should().ContainSingle().Which.Should().Be(new RequestCaseload(id, "NE-SSN", new DateOnly(2026, 11, 1)));
    }

    [Fact]
    public async Task A_month_has_one_cycle_unless_it_is_cancelled()
    {
        var id = await OpenAsync();

        (await TryOpenAsync()).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await _manager.PostAsJsonAsync($"/entitlements/cycles/{id}/cancel",
            new { reason = "wrong caseload" })).EnsureSuccessStatusCode();
        (await TryOpenAsync()).StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_closed_cycle_is_told_to_payments_whole_with_count_sum_and_hash()
    {
        var id = await OpenAsync();
        // The end before the parts, the last part before the first, one part twice.
        await HearEndAsync(id, chunks: 2, rows: 1_300);
        await HearAsync(id, 1, 300, area: "NE001");
        await HearAsync(id, 0, 1_000, area: "NE002");
        await HearAsync(id, 1, 300, area: "NE001");
        (await CycleAsync(id)).GetProperty("state").GetString().Should().Be("Calculated");

        (await _manager.PostAsync($"/entitlements/cycles/{id}/close", null)).StatusCode.Should()
            .Be(HttpStatusCode.Accepted);
        var cycle =
            await TestHost.Until(() => CycleAsync(id), seen => seen.GetProperty("state").GetString() == "Closed");

        var chunks = await _host.SentAsync<EntitlementsDb, EntitlementChunk>();
        // One copy each for Payments and for Routing.
        var copies = await _host.SentAsync<EntitlementsDb, CycleClosed>();
        copies.Should().HaveCount(2);
        var closed = copies.Distinct().Should().ContainSingle().Subject;
        var rows = chunks.OrderBy(chunk => chunk.Chunk).SelectMany(chunk => chunk.Rows).ToList();
        chunks.Should()
            .OnlyContain(
            chunk => chunk.Rows.Count <= 500
                && JsonSerializer.Serialize(chunk, JsonSerializerOptions.Default).Length <= 256 * 1024);
        chunks.Select(chunk => chunk.Chunk).Should().BeEquivalentTo(Enumerable.Range(0, closed.Chunks));
        rows.Should().HaveCount(1_600, "1,300 households, of which 300 also get the flood top-up");
        rows.Select(row => row.EntitlementId).Should()
            .BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        var text = string.Concat(rows.Select(row => Invariant($"{row.EntitlementId}|{row.AmountMinor}\n")));
        closed.Should().BeEquivalentTo(new
        {
            CycleId = id,
            Programme = "NE-SSN",
            Period = "2026-11",
            Currency = "XOF",
            Count = 1_600L,
            SumMinor = 1_300 * 25_000L + 300 * 5_000L,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            ClosedBy = "manager@government",
        });
        cycle.GetProperty("hash").GetString().Should().Be(closed.Hash);
        cycle.GetProperty("components").EnumerateArray()
            .Select(component => (component.GetProperty("component").GetString(),
                component.GetProperty("fundingSource").GetString(), component.GetProperty("count").GetInt64()))
            .Should().Equal(("base", "treasury", 1_300L), ("flood", "partner-fund", 300L));
    }

    [Fact]
    public async Task A_failing_row_never_vanishes_and_keeps_the_cycle_from_closing()
    {
        var id = await OpenAsync();
        var failing = HouseholdId.New(TimeProvider.System).Text;
        await _host.HandleAsync<EntitlementsDb, CaseloadChunk, CaseloadChunkHandler>(
            new CaseloadChunk(
                id, 0, [Row(area: "NE002"), Row(area: "NE002") with { HouseholdId = failing, Members = 0 }]));
        await HearEndAsync(id, 1, 2);

        var answer = await _manager.PostAsync($"/entitlements/cycles/{id}/close", null);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var failures = await _manager.GetFromJsonAsync<JsonElement>($"/entitlements/cycles/{id}/failures");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("title").GetString().Should().Be("cycle.has_failures");
        problem.GetProperty("detail").GetString().Should().StartWith("1 households");
        var item = failures.GetProperty("items").EnumerateArray().Should().ContainSingle().Subject;
        (item.GetProperty("householdId").GetString(), item.GetProperty("code").GetString()).Should()
            .Be((failing, "household.no_members"));
    }

    [Fact]
    public async Task A_household_that_comes_twice_is_due_once_and_reported()
    {
        var id = await OpenAsync();
        var row = Row("NE002");
        await _host.HandleAsync<EntitlementsDb, CaseloadChunk, CaseloadChunkHandler>(new CaseloadChunk(id, 0, [row]));
        await _host.HandleAsync<EntitlementsDb, CaseloadChunk, CaseloadChunkHandler>(new CaseloadChunk(id, 1, [row]));
        await HearEndAsync(id, 2, 2);

        var cycle = await CycleAsync(id);

        (cycle.GetProperty("entitlements").GetInt64(), cycle.GetProperty("failures").GetInt64()).Should().Be((1, 1));
    }

    [Fact]
    public async Task An_amount_is_shown_with_its_lines_under_the_entitlements_and_the_obligations_id()
    {
        var id = await OpenAsync();
        await HearAsync(id, 0, 1, "NE002");
        var page = await _manager.GetFromJsonAsync<JsonElement>($"/entitlements/cycles/{id}/entitlements");
        var entitlement = page.GetProperty("items")[0].GetProperty("id").GetString()!;

        var shown = await _manager.GetFromJsonAsync<JsonElement>($"/entitlements/entitlements/{entitlement}");
        var same = await _manager.GetFromJsonAsync<JsonElement>(
            $"/entitlements/entitlements/{entitlement.Replace("ent_", "obl_", StringComparison.Ordinal)}");

        shown.GetProperty("amountMinor").GetInt64().Should().Be(25_000);
        shown.GetProperty("lines").EnumerateArray()
            .Select(line => (line.GetProperty("text").GetString(), line.GetProperty("quantity").GetInt32(),
                line.GetProperty("sumMinor").GetInt64()))
            .Should().Equal(("base", 1, 15_000L), ("member", 4, 10_000L));
        same.GetRawText().Should().Be(shown.GetRawText());
    }

    [Fact]
    public async Task Pages_of_entitlements_join_without_a_gap()
    {
        var id = await OpenAsync();
        await HearAsync(id, 0, 25, "NE002");
        var seen = new List<string>();
        string? after = "";
        while (after is not null)
        {
            var page = await _manager.GetFromJsonAsync<JsonElement>(
                $"/entitlements/cycles/{id}/entitlements?limit=10{(after.Length > 0 ? $"&after={after}" : "")}");
            seen.AddRange(
                page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            after = page.GetProperty("next").GetString();
        }

        seen.Should().HaveCount(25).And.OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_refuses_the_same_component_twice()
    {
        var id = await OpenAsync();
        await HearAsync(id, 0, 1, "NE002");

        var again = () => _host.QueryAsync<EntitlementsDb, int>(async db =>
        {
            var row = await db.Entitlements.AsNoTracking().FirstAsync();
            db.Entitlements.Add(new Entitlement
            {
                Id = EntitlementId.New(TimeProvider.System).Value,
                CycleId = row.CycleId,
                HouseholdId = row.HouseholdId,
                Component = row.Component,
                AmountMinor = 1,
                Area = row.Area,
                Instrument = row.Instrument,
                PayeeFingerprint = row.PayeeFingerprint,
                FundingSource = row.FundingSource,
                ParameterVersion = 1,
                Lines = "[]",
            });
            return await db.SaveChangesAsync();
        });

        await again.Should().ThrowAsync<DbUpdateException>();
    }

    [Fact]
    public async Task Only_those_whose_duty_it_is_open_and_close()
    {
        using var finance = _host.As("finance", "government", Role.Finance);

        (await finance.PostAsJsonAsync("/entitlements/cycles",
            new { programme = "NE-SSN", period = "2026-11", asOf = "2026-11-01" }))
            .StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await _manager.PutAsJsonAsync("/entitlements/programmes/X1",
            new { name = "X", currency = "XOF" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static CaseloadRow Row(string area) =>
        new(HouseholdId.New(TimeProvider.System).Text, area, "mobile", new string('f', 64), 4, 1);

    private Task HearAsync(string id, int chunk, int rows, string area) =>
        _host.HandleAsync<EntitlementsDb, CaseloadChunk, CaseloadChunkHandler>(
        new CaseloadChunk(id, chunk, [.. Enumerable.Range(0, rows).Select(_ => Row(area))]));

    private Task HearEndAsync(string id, int chunks, long rows) =>
        _host.HandleAsync<EntitlementsDb, CaseloadEnded, CaseloadEndedHandler>(new CaseloadEnded(id, chunks, rows));

    private Task<HttpResponseMessage> TryOpenAsync() =>
        _manager.PostAsJsonAsync("/entitlements/cycles",
            new { programme = "NE-SSN", period = "2026-11", asOf = "2026-11-01" });

    private async Task<string> OpenAsync()
    {
        var answer = await TryOpenAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private Task<JsonElement> CycleAsync(string id) =>
        _manager.GetFromJsonAsync<JsonElement>($"/entitlements/cycles/{id}");
}
