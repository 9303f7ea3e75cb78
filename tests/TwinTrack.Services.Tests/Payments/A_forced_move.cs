using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>
/// Only a forced move lets an obligation be paid again without evidence. The tests show its conditions and the final
/// losses.
/// </summary>
public sealed class A_forced_move
{
    private const long Loss = PaymentsHost.AmountMinor;
    internal const string Why = "The provider has been silent for three weeks.";

    [Fact]
    public async Task Needs_a_moving_switch_two_people_of_two_parties_the_seen_list_and_funds()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var people = new ForcedMovePeople(payments);
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("sent", "A", "SENT", [.. orders.Select(order => order.InstructionId)]);
        var guess = new string('0', 64);
        (await people.ProposeAsync(people.Government, guess, "treasury")).Should().Be("forced.no_switch");
        await people.MoveAsync();
        (await people.ProposeAsync(people.Government, guess, "treasury")).Should()
            .Be("forced.nothing", "what is only on its way is no doubt");
        await payments.ReportAsync("in_doubt", "D", "TIMEOUT", [.. orders.Select(order => order.InstructionId)]);
        var list = await people.ListAsync();
        var hash = list.GetProperty("hash").GetString()!;
        (list.GetProperty("count").GetInt64(), list.GetProperty("sumMinor").GetInt64(),
            list.GetProperty("beyond").GetInt64()).Should().Be((2, 2 * Loss, 0));

        (await people.ProposeAsync(people.Provider, hash, "treasury")).Should().Be("incident.no_party");
        (await people.ProposeAsync(people.Government, hash, "treasury", note: "")).Should().Be("incident.no_note");
        (await people.ProposeAsync(people.Government, hash, "nobody")).Should().Be("incident.unknown_bearer");
        (await people.ProposeAsync(people.Government, guess, "treasury")).Should().Be("forced.hash_differs");
        var id = await people.ProposedAsync(hash, "treasury");
        (await ForcedMovePeople.DecideAsync(people.Government, id, hash)).Should().Be("incident.same_person");
        (await ForcedMovePeople.DecideAsync(people.Colleague, id, hash)).Should().Be("incident.same_party");
        (await ForcedMovePeople.DecideAsync(people.Provider, id, hash)).Should().Be("incident.no_party");
        (await ForcedMovePeople.DecideAsync(people.Partner, id, hash, note: "")).Should().Be("incident.no_note");
        (await ForcedMovePeople.DecideAsync(people.Partner, id, hash, note: " \u200b")).Should().Be("incident.no_note");
        (await ForcedMovePeople.DecideAsync(people.Partner, id, guess)).Should().Be("forced.hash_differs");
        var unknown = ForcedMoveId.New(TimeProvider.System).ToString();
        (await ForcedMovePeople.DecideAsync(people.Partner, unknown, hash)).Should().Be("forced.unknown");
        (await ForcedMovePeople.DecideAsync(people.Partner, id, hash)).Should()
            .Be("incident.bearer_lacks_funds", "all that the treasury has is committed to the batch");
        foreach (var order in orders)
        {
            (await payments.StoryAsync(order.ObligationId)).GetProperty("status").GetString().Should().Be("InDoubt");
        }

        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should()
            .Be(2, "nothing was given up");
        (await ForcedMovePeople.DecideAsync(people.Partner, id, hash, agree: false)).Should().BeEmpty();
        await people.FundAsync("treasury");
        (await ForcedMovePeople.DecideAsync(people.Partner, id, hash)).Should()
            .NotBeEmpty("it was refused, and that is an end");

        // Evidence for one of them changes the list under a proposal; and a switch that has ended takes none.
        var second = await people.ProposedAsync(hash, "treasury");
        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        (await ForcedMovePeople.DecideAsync(people.Partner, second, hash)).Should().Be("forced.hash_differs");
        var third = await people.ProposedAsync((await people.ListAsync()).GetProperty("hash").GetString()!, "treasury");
        await payments.EndMoveAsync();
        (await ForcedMovePeople.DecideAsync(people.Partner, third, hash)).Should().Be("forced.no_switch");
        (await payments.StoryAsync(orders[1].ObligationId)).GetProperty("status").GetString().Should().Be("InDoubt");
    }

    [Fact]
    public async Task Pays_on_the_other_track_and_costs_its_bearer_what_both_paid_until_recovered()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var people = new ForcedMovePeople(payments);
        var (batch, given) = await people.ForcedAsync();
        await payments.BalancesAsync(
            books => books.GetValueOrDefault("at-risk:nsnp:reserve") == Loss
                && books.GetValueOrDefault("funds:nsnp:reserve") == 0);
        var second = await SecondAsync(payments);
        second.ObligationId.Should().Be(given.ObligationId);
        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(1);

        await payments.ReportAsync("settled", "A", "COMPLETED", given.InstructionId);
        var opened = await OnlyIncidentAsync(payments);
        (opened.GetProperty("kind").GetString(), opened.GetProperty("state").GetString(),
            opened.GetProperty("owner").GetString(), opened.GetProperty("bearer").GetString())
            .Should().Be(("ForcedLoss", "Holding", "finance", "reserve"));
        (await payments.Host.SentAsync<PaymentsDb, HoldInstruction>()).Should()
            .ContainSingle().Which.InstructionId.Should().Be(second.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", second.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", given.InstructionId);

        await payments.BalancesAsync(
            books => books.GetValueOrDefault("loss:nsnp:reserve") == Loss
                && books.GetValueOrDefault("at-risk:nsnp:reserve") == 0
                && books.GetValueOrDefault("funds:nsnp:reserve") == 0);
        var report = (await payments.GetAsync($"/payments/batches/{batch}/report")).GetProperty("forced");
        var row = report.GetProperty("attempts").EnumerateArray().Should().ContainSingle().Subject;
        (row.GetProperty("state").GetString(), row.GetProperty("count").GetInt64(),
            row.GetProperty("minor").GetInt64()).Should().Be(("SettledLate", 1, Loss));
        (report.GetProperty("loss").GetProperty("count").GetInt64(),
            report.GetProperty("loss").GetProperty("minor").GetInt64()).Should().Be((1, Loss));
        var story = await payments.StoryAsync(given.ObligationId);
        (story.GetProperty("status").GetString(), story.GetProperty("settledMinor").GetInt64()).Should()
            .Be(("Settled", Loss), "the obligation is paid once, and the other payment is the bearer's");
        (await people.ListAsync()).GetProperty("forced")[0].GetProperty("state").GetString().Should().Be("Carried");

        var id = opened.GetProperty("id").GetString()!;
        await PaymentsHost.PostAsync(payments.Finance, $"/payments/incidents/{id}/take", new { });
        var recovered = await PaymentsHost.PostAsync(
            payments.Finance, $"/payments/incidents/{id}/recoveries", new { amountMinor = Loss, reference = "CN-7" });

        recovered.GetProperty("state").GetString().Should().Be("Recovered", recovered.GetRawText());
        await payments.BalancesAsync(
            books => books.GetValueOrDefault("loss:nsnp:reserve") == 0
                && books.GetValueOrDefault("funds:nsnp:reserve") == Loss);
        (await people.AvailableAsync("reserve")).Should().Be(Loss, "what came back is its own");
    }

    [Theory]
    [InlineData("rejected", "Rejected")]
    [InlineData("recalled", "Recalled")]
    [InlineData("returned", "Returned")]
    public async Task Costs_its_bearer_nothing_when_evidence_comes_that_it_was_not_paid(string word, string state)
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var people = new ForcedMovePeople(payments);
        var (batch, given) = await people.ForcedAsync();
        var second = await SecondAsync(payments);

        await payments.ReportAsync(word, "A", "EVIDENCE", given.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", second.InstructionId);

        await payments.BalancesAsync(
            books => books.GetValueOrDefault("at-risk:nsnp:reserve") == 0
                && books.GetValueOrDefault("funds:nsnp:reserve") == Loss && !books.ContainsKey("loss:nsnp:reserve")
            && books.GetValueOrDefault("disbursed:t2-agency") == Loss
            && books.GetValueOrDefault($"committed:{batch}:treasury") == 0);
        (await people.AvailableAsync("reserve")).Should().Be(Loss);
        (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray().Should().BeEmpty();
        var attempts = (await payments.StoryAsync(given.ObligationId)).GetProperty("instructions").EnumerateArray()
            .ToList();
        attempts.Select(one => one.GetProperty("state").GetString()).Should().BeEquivalentTo([state, "Settled"]);
        var report = (await payments.GetAsync($"/payments/batches/{batch}/report")).GetProperty("forced");
        report.GetProperty("attempts")[0].GetProperty("state").GetString().Should()
            .Be(state, "forced is reported apart for ever");
        report.GetProperty("loss").GetProperty("count").GetInt64().Should().Be(0);
    }

    [Fact]
    public async Task That_proves_to_be_the_payment_stands_and_the_other_attempt_is_stopped()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var people = new ForcedMovePeople(payments);
        var (batch, given) = await people.ForcedAsync();
        var second = await SecondAsync(payments);
        await payments.ReportAsync("settled", "A", "COMPLETED", given.InstructionId);

        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", second.InstructionId);

        var incident = await OnlyIncidentAsync(payments);
        (incident.GetProperty("state").GetString(), incident.GetProperty("ending").GetString()).Should()
            .Be(("Closed", "Stands"));
        await payments.BalancesAsync(
            books => books.GetValueOrDefault("at-risk:nsnp:reserve") == 0
                && books.GetValueOrDefault("funds:nsnp:reserve") == Loss
                && books.GetValueOrDefault($"committed:{batch}:treasury") == 0
            && books.GetValueOrDefault("disbursed-late:t1-momo") == Loss);
        (await people.AvailableAsync("reserve")).Should().Be(Loss);
        await StaysUnplannedAsync(payments, given.ObligationId);
    }

    [Fact]
    public async Task That_was_paid_before_anybody_else_paid_it_is_not_paid_again()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var people = new ForcedMovePeople(payments);
        var (_, given) = await people.ForcedAsync();

        await payments.ReportAsync("settled", "A", "COMPLETED", given.InstructionId);

        (await OnlyIncidentAsync(payments)).GetProperty("state").GetString().Should().Be("Open");
        await StaysUnplannedAsync(payments, given.ObligationId);
    }

    [Fact]
    public async Task Whose_loss_is_booked_back_after_all_gives_it_to_its_bearer()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var people = new ForcedMovePeople(payments);
        var (_, given) = await people.ForcedAsync();
        var second = await SecondAsync(payments);
        await payments.ReportAsync("settled", "A", "COMPLETED", second.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", given.InstructionId);
        await payments.BalancesAsync(books => books.GetValueOrDefault("loss:nsnp:reserve") == Loss);

        await payments.ReportAsync("returned", "A", "RETURNED", given.InstructionId);

        var incident = await OnlyIncidentAsync(payments);
        (incident.GetProperty("state").GetString(), incident.GetProperty("ending").GetString()).Should()
            .Be(("Closed", "NoLoss"));
        await payments.BalancesAsync(
            books => books.GetValueOrDefault("loss:nsnp:reserve") == 0
                && books.GetValueOrDefault("funds:nsnp:reserve") == Loss
                && books.GetValueOrDefault("disbursed:t2-agency") == Loss);
        (await people.AvailableAsync("reserve")).Should().Be(Loss);
        var story = await payments.StoryAsync(given.ObligationId);
        (story.GetProperty("status").GetString(), story.GetProperty("blockedByIncident").ValueKind).Should()
            .Be(("Settled", JsonValueKind.Null));
    }

    [Fact]
    public async Task Takes_ten_thousand_at_most_and_leaves_the_others_to_the_next_decision()
    {
        const int Most = 10_000, Others = 3;
        await using var payments = await PaymentsHost.StartAsync();
        var people = new ForcedMovePeople(payments);
        var (_, orders) = await payments.ReleasedAsync(Most + Others);
        foreach (var chunk in orders.Select(order => order.InstructionId).Chunk(1_000))
        {
            await payments.ReportAsync("in_doubt", "D", "TIMEOUT", chunk);
        }

        await people.MoveAsync();
        await people.FundAsync("reserve", Most);
        var list = await people.ListAsync();
        (list.GetProperty("count").GetInt64(), list.GetProperty("beyond").GetInt64(),
            list.GetProperty("items").GetArrayLength()).Should().Be((Most, Others, 1_000));
        var hash = list.GetProperty("hash").GetString()!;

        (await ForcedMovePeople.DecideAsync(people.Partner, await people.ProposedAsync(hash, "reserve"), hash)).Should()
            .BeEmpty();

        (await people.ListAsync()).GetProperty("count").GetInt64().Should().Be(Others);
        (await people.AvailableAsync("reserve")).Should().Be(0);
        (await payments.Host.QueryAsync<PaymentsDb, int>(
            db => db.Instructions.CountAsync(row => row.State == InstructionState.Abandoned))).Should().Be(Most);
        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(Others);
    }

    [Fact]
    public async Task Of_some_areas_gives_up_no_attempt_outside_them()
    {
        await using var payments = await PaymentsHost.StartAsync();
        payments.Areas = ["NE001", "NE002"];
        var people = new ForcedMovePeople(payments);
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("in_doubt", "D", "TIMEOUT", [.. orders.Select(order => order.InstructionId)]);
        await people.MoveAsync("NE002");
        await people.FundAsync("reserve", 2);
        var list = await people.ListAsync();
        list.GetProperty("count").GetInt64().Should().Be(1);
        var hash = list.GetProperty("hash").GetString()!;

        (await ForcedMovePeople.DecideAsync(people.Partner, await people.ProposedAsync(hash, "reserve"), hash)).Should()
            .BeEmpty();

        foreach (var order in orders)
        {
            var attempt = (await payments.StoryAsync(order.ObligationId)).GetProperty("instructions")[0];
            attempt.GetProperty("state").GetString().Should().Be(order.Area == "NE002" ? "Abandoned" : "InDoubt");
        }
    }

    [Fact]
    public async Task Leaves_out_what_an_incident_blocks()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var people = new ForcedMovePeople(payments);
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("in_doubt", "D", "TIMEOUT", [.. orders.Select(order => order.InstructionId)]);
        await people.MoveAsync();
        (await people.ListAsync()).GetProperty("count").GetInt64().Should().Be(2);

        // A withdrawal of what may have left is a contradiction: people look before anything is paid again.
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", orders[0].InstructionId);

        (await people.ListAsync()).GetProperty("count").GetInt64().Should().Be(1);
        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("status").GetString().Should().Be("InDoubt");
    }

    [Fact]
    public async Task Leaves_out_the_attempt_of_the_switch_itself()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var people = new ForcedMovePeople(payments);
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await people.MoveAsync();
        await A_move_of_track.AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track1, payments.Switch);
        var second = (await payments.OrdersAsync(PaymentsHost.Track1, 2))
            .Single(order => order.InstructionId != orders[0].InstructionId);

        await payments.ReportAsync("in_doubt", "D", "TIMEOUT", second.InstructionId);

        (await people.ListAsync()).GetProperty("count").GetInt64().Should()
            .Be(0, "each switch tries an obligation once");
    }

    [Fact]
    public async Task Of_one_person_is_refused_by_the_table_itself()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var people = new ForcedMovePeople(payments);
        await people.ForcedAsync();

        var alone = () => payments.Host.QueryAsync<PaymentsDb, int>(db =>
            db.ForcedMoves.ExecuteUpdateAsync(set => set.SetProperty(row => row.DecidedBy, row => row.ProposedBy)));

        (await alone.Should().ThrowAsync<DbException>()).Which.Message.Should().Contain("ck_forced_moves_two_people");
    }

    /// <summary>However often Routing answers, no other attempt is made.</summary>
    private static async Task StaysUnplannedAsync(PaymentsHost payments, string obligation)
    {
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        (await payments.OrdersAsync(PaymentsHost.Track2, 0)).Should().HaveCountLessThanOrEqualTo(1);
        var story = await payments.StoryAsync(obligation);
        story.GetProperty("unpaidReason").GetString().Should().Be("late_success");
        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(0);
    }

    /// <summary>The attempt by which what was given up is paid over Track 2.</summary>
    private static async Task<SubmitRow> SecondAsync(PaymentsHost payments)
    {
        await A_move_of_track.AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        return (await payments.OrdersAsync(PaymentsHost.Track2, 1)).Should().ContainSingle().Subject;
    }

    private static async Task<JsonElement> OnlyIncidentAsync(PaymentsHost payments) =>
        (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray().Should()
            .ContainSingle().Subject;
}
