using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Reconciliation;

public sealed class A_statement_matched
{
    [Fact]
    public async Task The_end_may_come_first_and_a_part_twice()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        var (one, two) = (ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction());
        await scene.ReleaseAsync(2);
        await scene.ChangeStatesAsync([.. ReconciliationScene.Settled(one), .. ReconciliationScene.Settled(two)]);
        var id = StatementId.New(TimeProvider.System).Text;
        StatementRow[] rows = [ReconciliationScene.Paid(1, one), ReconciliationScene.Paid(2, two)];

        await scene.EndAsync(id, 2, final: true, rows);
        await scene.PartAsync(id, 1, rows[1]);
        await scene.PartAsync(id, 1, rows[1]);
        (await scene.StatementAsync(id)).GetProperty("state").GetString().Should().Be("Receiving");
        await scene.PartAsync(id, 0, rows[0]);

        var statement = await TestHost.Until(
            () => scene.StatementAsync(id), seen => seen.GetProperty("state").GetString() == "Matched");
        Verdicts(statement).Should().BeEquivalentTo([("Matched", 2L)]);
        (await scene.BreaksAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_statement_that_is_not_what_was_declared_counts_for_nothing()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        var id = StatementId.New(TimeProvider.System).Text;
        StatementRow[] rows = [ReconciliationScene.Paid(1, ReconciliationScene.NewInstruction())];

        await scene.PartAsync(id, 0, rows);
        await scene.EndAsync(id, 1, final: true, rows, paidError: 1);

        var statement = await scene.StatementAsync(id);
        (statement.GetProperty("state").GetString(), statement.GetProperty("refusal").GetString()).Should()
            .Be(("Refused", "statement.totals_differ"));
        Verdicts(statement).Should().BeEquivalentTo([("Pending", 1L)]);
    }

    [Fact]
    public async Task Each_kind_of_difference_becomes_a_break_with_an_owner()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(5);
        var (exact, less, doubtful, absent, kept) =
            (ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction(),
                ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction(),
                ReconciliationScene.NewInstruction());
        await scene.ChangeStatesAsync(
        [
            .. ReconciliationScene.Settled(exact), .. ReconciliationScene.Settled(less),
            .. ReconciliationScene.Settled(absent), .. ReconciliationScene.Settled(kept),
            .. ReconciliationScene.StateChanges(doubtful, "Planned", "Released", "Sent", "InDoubt"),
        ]);

        await scene.StateAsync(
            final: true,
            ReconciliationScene.Paid(1, exact),
            ReconciliationScene.Paid(2, less, amount: ReconciliationScene.Amount - 1),
            ReconciliationScene.Paid(3, doubtful),
            ReconciliationScene.Paid(4, null),
            ReconciliationScene.Paid(5, exact),
            ReconciliationScene.Paid(6, kept),
            ReconciliationScene.Paid(7, kept) with { Kind = "returned" });

        (await scene.BreaksAsync()).Select(
            row => (row.GetProperty("kind").GetString(), row.GetProperty("instructionId").GetString(),
                row.GetProperty("owner").GetString()))
            .Should().BeEquivalentTo(
            [
                ("amount_differs", less, "government/finance"),
                ("paid_not_settled", doubtful, "government/operator"),
                ("unknown_reference", null, "government/reconciler"),
                ("duplicate_line", exact, "government/finance"),
                ("returned_not_booked", kept, "government/finance"),
                ("settled_not_on_statement", absent, "government/reconciler"),
            ]);
    }

    [Fact]
    public async Task A_statement_that_is_not_final_says_nothing_about_what_it_does_not_show()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(1);
        await scene.ChangeStatesAsync(ReconciliationScene.Settled(ReconciliationScene.NewInstruction()));

        await scene.StateAsync(final: false);

        (await scene.BreaksAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_break_closes_by_itself_when_our_own_state_arrives_later()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(2);
        var (late, unheard) = (ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction());
        await scene.ChangeStatesAsync(ReconciliationScene.StateChanges(late, "Planned", "Released", "Sent", "InDoubt"));
        var statement = await scene.StateAsync(
            final: true, ReconciliationScene.Paid(1, late), ReconciliationScene.Paid(2, unheard));
        (await scene.BreaksAsync()).Should().HaveCount(2);

        await scene.ChangeStatesAsync(
            [.. ReconciliationScene.StateChanges(late, "Planned", "Released", "Sent", "InDoubt", "Settled"),
                .. ReconciliationScene.Settled(unheard)]);

        await TestHost.Until(() => scene.BreaksAsync(), open => open.Count == 0);
        var closed = await scene.BreaksAsync("Resolved");
        closed.Should().HaveCount(2).And.OnlyContain(
            row => row.GetProperty("closedBy").GetString() == "system@system"
                && row.GetProperty("note").GetString()!.Length > 0);
        Verdicts(await scene.StatementAsync(statement)).Should().BeEquivalentTo([("Matched", 2L)]);
    }

    [Fact]
    public async Task Overlapping_statements_show_a_payment_again_and_do_not_make_it_two()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(2);
        var (one, two) = (ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction());
        await scene.ChangeStatesAsync([.. ReconciliationScene.Settled(one), .. ReconciliationScene.Settled(two)]);

        await scene.StateAsync(final: false, ReconciliationScene.Paid(1, one));
        var second =
            await scene.StateAsync(final: true, ReconciliationScene.Paid(1, one), ReconciliationScene.Paid(2, two));

        Verdicts(await scene.StatementAsync(second)).Should().BeEquivalentTo([("Repeated", 1L), ("Matched", 1L)]);
        (await scene.BreaksAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_write_off_takes_a_second_person()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.StateAsync(final: false, ReconciliationScene.Paid(1, null));
        var id = (await scene.BreaksAsync()).Single().GetProperty("id").GetString();
        using var finance = scene.Host.As("fatou", "government", Role.Finance);

        (await scene.Reconciler.PostAsJsonAsync(
            $"/reconciliation/breaks/{id}/write-off", new { note = "too small to chase" })).EnsureSuccessStatusCode();
        var alone = await scene.Reconciler.PostAsJsonAsync(
            $"/reconciliation/breaks/{id}/write-off/decision", new { approve = true, note = "yes" });
        var together = await finance.PostAsJsonAsync(
            $"/reconciliation/breaks/{id}/write-off/decision", new { approve = true, note = "agreed" });

        (await alone.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString().Should()
            .Be("break.same_person");
        (await together.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString().Should()
            .Be("WrittenOff");
        (await scene.Reconciler.PostAsJsonAsync(
            $"/reconciliation/breaks/{id}/resolve", new { note = "late" })).StatusCode.Should()
            .Be(HttpStatusCode.Conflict);
    }

    private static IEnumerable<(string?, long)> Verdicts(JsonElement statement) =>
        statement.GetProperty("verdicts").EnumerateArray()
        .Select(row => (row.GetProperty("verdict").GetString(), row.GetProperty("count").GetInt64()));
}
