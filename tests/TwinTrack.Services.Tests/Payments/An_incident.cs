using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>What people do about incidents, over HTTP, with the books beside it.</summary>
public sealed class An_incident
{
    internal const long Loss = PaymentsHost.AmountMinor;

    [Fact]
    public async Task Of_money_paid_twice_is_recovered_in_parts_and_never_beyond_the_loss()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (id, _, obligation) = await PaidTwiceAsync(payments);
        using var finance = payments.Host.As("fati", "government", Role.Finance);
        using var other = payments.Host.As("oumar", "government", Role.Operator);

        (await CodeAsync(other, id, "take", new { })).Should().Be("incident.other_role");
        (await CodeAsync(finance, id, "recoveries", new { amountMinor = 1, reference = "CN-1" })).Should()
            .Be("incident.not_taken");
        await DoAsync(finance, id, "take", new { });
        (await CodeAsync(finance, id, "claim", new { amountMinor = 1, reference = "CN-1" })).Should()
            .Be("incident.other_act");
        (await CodeAsync(finance, id, "recoveries", new { amountMinor = Loss + 1, reference = "CN-1" })).Should()
            .Be("incident.recovery");
        (await CodeAsync(finance, id, "recoveries", new { amountMinor = 1, reference = "" })).Should()
            .Be("incident.no_reference");
        var part = await DoAsync(finance, id, "recoveries", new { amountMinor = 100_000, reference = "CN-1" });
        (part.GetProperty("state").GetString(), part.GetProperty("outstandingMinor").GetInt64()).Should()
            .Be(("Recovering", Loss - 100_000));
        await payments.BalancesAsync(
            accounts => accounts.GetValueOrDefault("receivable:nsnp:treasury") == Loss - 100_000);
        var whole = await DoAsync(finance, id, "recoveries", new { amountMinor = Loss - 100_000, reference = "CN-2" });

        (whole.GetProperty("state").GetString(), whole.GetProperty("ending").GetString(),
            whole.GetProperty("resolvedBy").GetString())
            .Should().Be(("Recovered", "Recovered", "fati@government"));
        await payments.BalancesAsync(
            accounts => accounts["receivable:nsnp:treasury"] == 0 && accounts["overpaid:t1-momo"] == 0);
        var shown = await payments.GetAsync($"/payments/incidents/{id}");
        shown.GetProperty("movements").EnumerateArray().Select(row => row.GetProperty("kind").GetString()).Should()
            .Equal("claimed", "recovered", "recovered");
        shown.GetProperty("movements")[1].GetProperty("reference").GetString().Should().Be("CN-1");
        var story = await payments.StoryAsync(obligation);
        story.GetProperty("status").GetString().Should().Be("Settled");
        story.GetProperty("incidents")[0].GetProperty("recoveredMinor").GetInt64().Should().Be(Loss);
        (await CodeAsync(finance, id, "recoveries", new { amountMinor = 1, reference = "CN-3" })).Should()
            .NotBeEmpty("it has ended");
    }

    [Fact]
    public async Task Is_written_off_by_two_people_of_two_parties_from_the_bearers_funds()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (id, batch, _) = await PaidTwiceAsync(payments);
        using var finance = payments.Host.As("fati", "government", Role.Finance);
        using var colleague = payments.Host.As("moussa", "government", Role.Finance);
        using var partner = payments.Host.As("ann", "partner", Role.CoChair);
        using var provider = payments.Host.As("momo", "t1-momo", Role.Finance);
        await DoAsync(finance, id, "take", new { });

        (await CodeAsync(finance, id, "write-off", new { bearer = "nobody", note = "Gone." })).Should()
            .Be("incident.unknown_bearer");
        (await CodeAsync(provider, id, "write-off", new { bearer = "treasury", note = "Gone." })).Should()
            .Be("incident.no_party");
        await DoAsync(finance, id, "write-off", new { bearer = "treasury", note = "Gone." });
        (await CodeAsync(finance, id, "decision", new { agree = true, note = "Yes." })).Should()
            .Be("incident.same_person");
        (await CodeAsync(colleague, id, "decision", new { agree = true, note = "Yes." })).Should()
            .Be("incident.same_party");
        (await CodeAsync(provider, id, "decision", new { agree = true, note = "Yes." })).Should()
            .Be("incident.no_party");
        (await CodeAsync(partner, id, "decision", new { agree = true, note = "Yes." })).Should()
            .Be("incident.bearer_lacks_funds");
        (await DoAsync(partner, id, "decision", new { agree = false, note = "Ask again." })).GetProperty("state")
            .GetString().Should().Be("Recovering");
        (await CodeAsync(partner, id, "decision", new { agree = true, note = "Yes." })).Should()
            .NotBeEmpty("there is no proposal any more");
        await PaymentsHost.PostAsync(finance, "/payments/funds",
            new { programme = "nsnp", fundingSource = "reserve", amountMinor = Loss, currency = "XOF" });
        await DoAsync(finance, id, "write-off", new { bearer = "reserve", note = "Asked twice in vain." });
        var done = await DoAsync(partner, id, "decision", new { agree = true, note = "Borne by the reserve." });

        (done.GetProperty("state").GetString(), done.GetProperty("writtenOffMinor").GetInt64(),
            done.GetProperty("bearer").GetString()).Should().Be(("WrittenOff", Loss, "reserve"));
        var funds = (await payments.GetAsync("/payments/funds")).GetRawText();
        funds.Should().Contain("reserve");
        await payments.BalancesAsync(
            accounts => accounts.GetValueOrDefault("loss:nsnp:reserve") == Loss && accounts["funds:nsnp:reserve"] == 0
            && accounts["receivable:nsnp:treasury"] == 0 && accounts["overpaid:t1-momo"] == 0);
        var tally = (await payments.GetAsync($"/payments/batches/{batch}/report")).GetProperty("incidents");
        (tally.GetProperty("open").GetInt64(), tally.GetProperty("lossMinor").GetInt64(),
            tally.GetProperty("writtenOffMinor").GetInt64()).Should().Be((0, Loss, Loss));
        var books = await payments.GetAsync($"/reconciliation/batches/{batch}");
        books.GetProperty("incidents").EnumerateArray().Should().ContainSingle().Which.GetProperty("writtenOffMinor")
            .GetInt64().Should().Be(Loss);
    }

    [Fact]
    public async Task Of_a_payment_that_stands_is_charged_to_the_commitment_and_never_paid_again()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, order, id) = await LateAsync(payments);
        using var worker = payments.Host.As("oumar", "government", Role.Operator);
        await DoAsync(worker, id, "take", new { });

        (await CodeAsync(worker, id, "closing", new { finding = "no_loss", evidence = "S-1", note = "One." })).Should()
            .Be("incident.other_end");
        (await CodeAsync(worker, id, "closing", new { finding = "vanished", evidence = "S-1", note = "One." })).Should()
            .Be("incident.unknown_finding");
        var closed =
            await DoAsync(worker, id, "closing",
                new { finding = "stands", evidence = "S-1 line 4", note = "The statement shows it." });

        (closed.GetProperty("state").GetString(), closed.GetProperty("ending").GetString()).Should()
            .Be(("Closed", "Stands"));
        await payments.BalancesAsync(
            accounts => accounts.GetValueOrDefault("disbursed-late:t1-momo") == Loss
                && accounts[$"committed:{batch}:treasury"] == 0);
        var story = await payments.StoryAsync(order.ObligationId);
        (story.GetProperty("unpaidReason").GetString(), story.GetProperty("blockedByIncident").ValueKind).Should()
            .Be(("late_success", JsonValueKind.String));
    }

    [Fact]
    public async Task Of_a_payment_that_stands_leaves_nothing_of_it_to_give_back_when_the_batch_closes()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, _, id) = await LateAsync(payments);
        using var worker = payments.Host.As("oumar", "government", Role.Operator);
        await DoAsync(worker, id, "take", new { });
        await DoAsync(worker, id, "closing", new
        {
            finding = "stands",
            evidence = "S-1 line 4",
            note = "The statement shows it."
        });

        await CertifyAsync(payments, batch);

        (await payments.Host.SentAsync<PaymentsDb, BatchClosed>()).Should().ContainSingle();
        (await payments.Host.SentAsync<PaymentsDb, FundMovementRecorded>()).Should()
            .NotContain(one => one.Kind == "decommitted");
        (await payments.Host.SentAsync<PaymentsDb, IncidentMovementsRecorded>()).SelectMany(one => one.Rows)
            .Select(row => row.Kind).Should().Equal("stands");
    }

    [Fact]
    public async Task Of_a_payment_that_stands_after_close_takes_the_funds_again_or_is_refused()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, _, id) = await LateAsync(payments);
        using var worker = payments.Host.As("oumar", "government", Role.Operator);
        await DoAsync(worker, id, "take", new { });
        await CertifyAsync(payments, batch);
        (await payments.Host.SentAsync<PaymentsDb, FundMovementRecorded>()).Should()
            .Contain(one => one.Kind == "decommitted" && one.AmountMinor == Loss);
        var stands = new { finding = "stands", evidence = "S-1 line 4", note = "The statement shows it." };
        await SetCommittedAsync(payments, 1);
        (await CodeAsync(worker, id, "closing", stands)).Should().Be("incident.bearer_lacks_funds");
        (await OnlyAsync(payments)).GetProperty("state").GetString().Should().Be("Open", "a refusal changes nothing");
        await SetCommittedAsync(payments, 0);

        (await DoAsync(worker, id, "closing", stands)).GetProperty("state").GetString().Should().Be("Closed");

        (await payments.Host.SentAsync<PaymentsDb, IncidentMovementsRecorded>()).SelectMany(one => one.Rows)
            .Select(row => row.Kind).Should().Equal("stands_after_close");
        (await payments.Host.QueryAsync<PaymentsDb, long>(
            db => db.Funds.Select(fund => fund.CommittedMinor).SingleAsync())).Should().Be(Loss);
    }

    [Fact]
    public async Task Of_money_paid_twice_ends_by_itself_when_one_payment_is_returned()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (_, batch, obligation) = await PaidTwiceAsync(payments);
        var second = (await payments.OrdersAsync(PaymentsHost.Track2, 1))[0];

        await payments.ReportAsync("returned", "A", "RETURNED", second.InstructionId);

        var incident = await OnlyAsync(payments);
        (incident.GetProperty("state").GetString(), incident.GetProperty("ending").GetString(),
            incident.GetProperty("outstandingMinor").GetInt64())
            .Should().Be(("Closed", "Stands", 0L));
        (await payments.StoryAsync(obligation)).GetProperty("unpaidReason").GetString().Should().Be("late_success");
        await payments.BalancesAsync(
            accounts => accounts.GetValueOrDefault("disbursed-late:t1-momo") == Loss
                && accounts["receivable:nsnp:treasury"] == 0
            && accounts["overpaid:t1-momo"] == 0 && accounts[$"committed:{batch}:treasury"] == 0
            && accounts["disbursed:t2-agency"] == 0);
    }

    [Fact]
    public async Task That_was_no_payment_frees_the_obligation_by_two_parties_and_reopens_on_a_report()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (_, order, id) = await LateAsync(payments);
        using var worker = payments.Host.As("oumar", "government", Role.Operator);
        using var partner = payments.Host.As("ann", "partner", Role.CoChair);
        await DoAsync(worker, id, "take", new { });

        var proposed =
            await DoAsync(worker, id, "closing",
                new { finding = "not_paid", evidence = "Letter 12", note = "Their test message." });
        (await payments.StoryAsync(order.ObligationId)).GetProperty("blockedByIncident").ValueKind.Should()
            .Be(JsonValueKind.String, "one party alone frees nothing");
        var agreed = await DoAsync(partner, id, "decision", new { agree = true, note = "Seen." });

        (proposed.GetProperty("state").GetString(), agreed.GetProperty("ending").GetString()).Should()
            .Be(("ReleaseProposed", "NotPaid"));
        var story = await payments.StoryAsync(order.ObligationId);
        (story.GetProperty("unpaidReason").GetString(), story.GetProperty("blockedByIncident").ValueKind).Should()
            .Be(("rejected: AC04", JsonValueKind.Null));

        await payments.ReportAsync("settled", "A", "COMPLETED", order.InstructionId);

        (await OnlyAsync(payments)).GetProperty("state").GetString().Should().Be("Open");
        (await payments.StoryAsync(order.ObligationId)).GetProperty("blockedByIncident").ValueKind.Should()
            .Be(JsonValueKind.String);
    }

    [Fact]
    public async Task Of_two_reports_about_one_payment_is_closed_and_the_obligation_stays_settled()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        var id = (await OnlyAsync(payments)).GetProperty("id").GetString()!;
        using var worker = payments.Host.As("rita", "government", Role.Reconciler);
        await DoAsync(worker, id, "take", new { });

        var closed =
            await DoAsync(worker, id, "closing",
                new { finding = "no_loss", evidence = "S-1 line 2", note = "Paid once." });

        closed.GetProperty("state").GetString().Should().Be("Closed");
        var story = await payments.StoryAsync(orders[0].ObligationId);
        (story.GetProperty("status").GetString(), story.GetProperty("blockedByIncident").ValueKind).Should()
            .Be(("Settled", JsonValueKind.Null));
    }

    [Fact]
    public async Task Of_money_that_came_back_twice_owes_what_is_too_much()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        await payments.ReportAsync("returned", "A", "RETURNED", orders[0].InstructionId);
        await payments.ReportAsync("returned", "A", "RETURNED", orders[0].InstructionId);
        (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray().Should()
            .BeEmpty("the same return told again is normal");

        await payments.ReportAsync(PaymentsHost.Row(orders[0].InstructionId, "returned", "B", "RETURNED", 30_000));

        var opened = await OnlyAsync(payments);
        var id = opened.GetProperty("id").GetString()!;
        opened.GetProperty("kind").GetString().Should().Be("ReturnedTwice");
        using var finance = payments.Host.As("fati", "government", Role.Finance);
        await DoAsync(finance, id, "take", new { });
        (await CodeAsync(finance, id, "claim", new { amountMinor = 30_001, reference = "S-2" })).Should()
            .Be("incident.claim");
        (await CodeAsync(finance, id, "write-off", new { bearer = "treasury", note = "Ours now." })).Should()
            .Be("incident.other_act");
        await DoAsync(finance, id, "claim", new { amountMinor = 30_000, reference = "S-2" });
        await payments.BalancesAsync(accounts => accounts.GetValueOrDefault("payable:nsnp:treasury") == -30_000);
        (await DoAsync(finance, id, "recoveries", new { amountMinor = 30_000, reference = "TR-9" })).GetProperty(
            "state").GetString().Should().Be("Recovered");
        await payments.BalancesAsync(
            accounts => accounts["payable:nsnp:treasury"] == 0 && accounts["overpaid:t1-momo"] == 0);
    }

    [Fact]
    public async Task Is_listed_with_its_clock_and_the_same_request_twice_has_one_effect()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (id, _, _) = await PaidTwiceAsync(payments);
        using var finance = payments.Host.As("fati", "government", Role.Finance);
        await DoAsync(finance, id, "take", new { });
        async Task<JsonElement> OnceAsync()
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri($"/payments/incidents/{id}/recoveries", UriKind.Relative));
            request.Headers.Add("Idempotency-Key", "one-credit-note");
            request.Content = JsonContent.Create(new { amountMinor = 5_000, reference = "CN-1" });
            using var response = await finance.SendAsync(request);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        var first = await OnceAsync();
        var second = await OnceAsync();

        second.GetRawText().Should().Be(first.GetRawText());
        var row = await OnlyAsync(payments);
        row.GetProperty("recoveredMinor").GetInt64().Should().Be(5_000);
        (row.GetProperty("dueAt").GetDateTimeOffset() - row.GetProperty("openedAt").GetDateTimeOffset()).Should()
            .Be(TimeSpan.FromHours(72));
        (await payments.GetAsync("/payments/incidents?overdue=true")).GetProperty("items").EnumerateArray().Should()
            .BeEmpty();
        (await payments.GetAsync("/payments/incidents?kind=PaidTwice&state=Recovering")).GetProperty("items")
            .EnumerateArray().Should().ContainSingle();
    }

    /// <summary>The first attempt was rejected, and a switch has led the second to Track 2.</summary>
    internal static async Task<(string Batch, SubmitRow First, SubmitRow Second)> TwoAttemptsAsync(
        PaymentsHost payments)
    {
        var (batch, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await A_move_of_track.AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        return (batch, orders[0], (await payments.OrdersAsync(PaymentsHost.Track2, 1))[0]);
    }

    internal static async Task<(string Id, string Batch, string Obligation)> PaidTwiceAsync(PaymentsHost payments)
    {
        var (batch, first, second) = await TwoAttemptsAsync(payments);
        await payments.ReportAsync("settled", "A", "COMPLETED", first.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", second.InstructionId);
        return ((await OnlyAsync(payments)).GetProperty("id").GetString()!, batch, first.ObligationId);
    }

    internal static async Task<(string Batch, SubmitRow Order, string Incident)> LateAsync(PaymentsHost payments)
    {
        var (batch, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        return (batch, orders[0], (await OnlyAsync(payments)).GetProperty("id").GetString()!);
    }

    internal static Task CertifyAsync(PaymentsHost payments, string batch) =>
        payments.Host.HandleAsync<PaymentsDb, BatchCertified, BatchCertifiedHandler>(
        new BatchCertified(batch, new string('c', 64), "rita@government", 0, 0, TimeProvider.System.GetUtcNow()));

    internal static Task<int> SetCommittedAsync(PaymentsHost payments, long minor) =>
        payments.Host.QueryAsync<PaymentsDb, int>(db =>
        db.Funds.ExecuteUpdateAsync(set => set.SetProperty(fund => fund.CommittedMinor, minor)));

    internal static async Task<JsonElement> OnlyAsync(PaymentsHost payments) =>
        (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray().Should()
            .ContainSingle().Subject;

    internal static async Task<JsonElement> DoAsync(HttpClient user, string id, string act, object body)
    {
        var answer = await PaymentsHost.PostAsync(user, $"/payments/incidents/{id}/{act}", body);
        answer.TryGetProperty("id", out _).Should().BeTrue($"{act} was answered {answer}");
        return answer;
    }

    /// <summary>The refusal's code; empty when it was done.</summary>
    internal static async Task<string> CodeAsync(HttpClient user, string id, string act, object body)
    {
        var answer = await PaymentsHost.PostAsync(user, $"/payments/incidents/{id}/{act}", body);
        return answer.TryGetProperty("type", out var type) ? type.GetString()!.Split(':')[^1] : "";
    }
}
