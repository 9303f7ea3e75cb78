using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Consumers;
using TwinTrack.Reconciliation.Persistence;
using TwinTrack.Services.Tests.Payments;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>Payments and Reconciliation together: money that comes back to a batch that is closed.</summary>
public sealed class A_return_after_the_certificate
{
    private const long Amount = PaymentsHost.AmountMinor;
    private const int Count = 8;

    [Fact]
    public async Task Is_at_disposal_at_once_and_in_an_addendum_and_is_paid_by_a_follow_up()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, orders) = await CertifiedAsync(payments);

        await payments.ReportAsync("returned", "A", "AC03", orders[0].InstructionId);

        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be((Count - 1) * Amount);
        await payments.BalancesAsync(balances =>
            balances["funds:nsnp:treasury"] == Amount && balances[$"disbursed:{PaymentsHost.Track1}"] == 7 * Amount);
        var row = (await payments.GetAsync($"/payments/batches/{batch}/follow-up")).GetProperty("items")[0];
        row.GetProperty("takes").GetString().Should().Be("Returned");
        row.GetProperty("owner").GetString().Should().Be($"government/{Role.ProgrammeManager}");
        var first = await AddendaAsync(payments, batch, 1);
        Changes(first[0]).Should().Contain([("settled", -1, -Amount), ("unpaid", 1, Amount)]);

        var (second, again) = await A_follow_up_batch.PaidAgainAsync(payments, batch, PaymentsHost.Track2, 1);
        await payments.ReportAsync("settled", "A", "COMPLETED", again[0].InstructionId);

        Changes((await AddendaAsync(payments, batch, 2))[1]).Should()
            .BeEquivalentTo([("unpaid", -1L, -Amount), ("followedUp", 1L, Amount)]);
        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("batch").GetProperty("id").GetString().Should()
            .Be(second);
        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be(Count * Amount);
    }

    [Fact]
    public async Task Is_chained_to_the_certificate_and_adds_up_with_it()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, orders) = await CertifiedAsync(payments);
        await payments.ReportAsync("returned", "A", "AC03", orders[0].InstructionId);
        await AddendaAsync(payments, batch, 1);
        await payments.ReportAsync("returned", "A", "AC03", orders[1].InstructionId);
        await AddendaAsync(payments, batch, 2);

        var signed = await payments.GetAsync($"/reconciliation/batches/{batch}/certificate");

        var last = signed.GetProperty("hash").GetString()!;
        HashOf(signed.GetProperty("certificate")).Should().Be(last);
        var settled = Settled(signed.GetProperty("certificate"));
        foreach (var item in signed.GetProperty("addenda").EnumerateArray())
        {
            var addendum = item.GetProperty("addendum");
            addendum.GetProperty("previousHash").GetString().Should().Be(last);
            last = item.GetProperty("hash").GetString()!;
            HashOf(addendum).Should().Be(last);
            settled += Changes(item).Where(change => change.Figure == "settled").Sum(change => change.Count);
        }

        var report = await payments.GetAsync($"/payments/batches/{batch}/report");
        settled.Should().Be(Count - 2).And.Be(report.GetProperty("settled")[0].GetProperty("count").GetInt64());
        (await AuditAsync(payments)).Count(act => act == "sign-addendum").Should().Be(2);
    }

    [Fact]
    public async Task Of_a_part_and_a_rejection_after_it_are_incidents_and_change_no_figure()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, orders) = await CertifiedAsync(payments);

        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.ReportAsync(
            PaymentsHost.Row(orders[1].InstructionId, "returned", "A", "AC03", Amount / 2));

        var incidents = (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray()
            .ToList();
        incidents.Should().HaveCount(2).And.OnlyContain(
            incident => incident.GetProperty("owner").GetString() == Role.Reconciler);
        (await payments.GetAsync($"/payments/batches/{batch}/follow-up")).GetProperty("stays")
            .GetProperty("settled").GetInt64().Should().Be(Count);
        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be(Count * Amount);
    }

    [Fact]
    public async Task Is_given_back_once_however_often_it_is_reported()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (_, orders) = await CertifiedAsync(payments);

        await payments.ReportAsync("returned", "A", "AC03", orders[0].InstructionId);
        await payments.ReportAsync("returned", "A", "AC03", orders[0].InstructionId);

        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be((Count - 1) * Amount);
    }

    [Fact]
    public async Task Of_the_reverse_a_late_payment_stands_from_the_funds_and_is_in_an_addendum()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, orders) = await CertifiedAsync(payments, unpaid: 1);
        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be((Count - 1) * Amount);

        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);
        var incident = (await payments.GetAsync("/payments/incidents")).GetProperty("items")[0];
        incident.GetProperty("owner").GetString().Should().NotBeNullOrEmpty();
        (await payments.GetAsync($"/payments/batches/{batch}/follow-up")).GetProperty("stays")
            .GetProperty("incident").GetInt64().Should().Be(1, "what may be paid is not followed up");
        using var owner = payments.Host.As("fati", "government", incident.GetProperty("owner").GetString()!);
        var path = $"/payments/incidents/{incident.GetProperty("id").GetString()}";
        await PaymentsHost.PostAsync(owner, path + "/take", new { });
        var closed = await PaymentsHost.PostAsync(owner, path + "/closing",
            new { finding = "stands", evidence = "statement 2026-11-30, line 14", note = "It was paid after all." });

        closed.GetProperty("ending").GetString().Should().Be("Stands");
        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be(Count * Amount, "it is committed again");
        Changes((await AddendaAsync(payments, batch, 1))[0]).Should()
            .Contain(("incidents.LateSuccess.treasury.stands", 0, Amount));
    }

    [Fact]
    public async Task Of_the_reverse_in_a_follow_up_that_has_left_holds_the_other_attempt()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, orders) = await CertifiedAsync(payments, unpaid: 1);
        var (_, again) = await A_follow_up_batch.PaidAgainAsync(payments, batch, PaymentsHost.Track2, 1);

        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);

        (await payments.Host.SentAsync<TwinTrack.Payments.Persistence.PaymentsDb, HoldInstruction>()).Should()
            .ContainSingle().Which.InstructionId.Should().Be(again[0].InstructionId);
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", again[0].InstructionId);
        (await payments.GetAsync("/payments/incidents")).GetProperty("items")[0].GetProperty("ending").GetString()
            .Should().Be("Stands");
        // What the follow-up commits for it goes back when the follow-up is certified.
        (await A_follow_up_batch.FundAsync(payments)).Committed.Should().Be((Count + 1) * Amount);
    }

    /// <summary>Eight payments, of which these are rejected; the rest are on a final statement.</summary>
    private static async Task<(string Batch, List<SubmitRow> Orders)> CertifiedAsync(
        PaymentsHost payments, int unpaid = 0)
    {
        await payments.FundAsync(unpaid * Amount);
        var (batch, orders) = await payments.ReleasedAsync(Count);
        var paid = orders.Skip(unpaid).Select(order => order.InstructionId).ToArray();
        await payments.ReportAsync("settled", "A", "COMPLETED", paid);
        if (unpaid > 0)
        {
            await payments.ReportAsync(
                "rejected", "A", "AC04", [.. orders.Take(unpaid).Select(order => order.InstructionId)]);
        }

        await StateAsync(payments, paid);
        using var reconciler = payments.Host.As("rita", "government", Role.Reconciler);
        var path = new Uri($"/reconciliation/batches/{batch}/certificate", UriKind.Relative);
        await TestHost.Until(
            async () =>
            {
                using var answer = await reconciler.PostAsync(path, null);
                return (await answer.Content.ReadFromJsonAsync<JsonElement>()).ToString();
            },
            seen => seen.Contains("\"Certified\"", StringComparison.Ordinal));
        return (batch, orders);
    }

    private static async Task StateAsync(PaymentsHost payments, string[] paid)
    {
        var id = StatementId.New(TimeProvider.System).ToString();
        var at = TimeProvider.System.GetUtcNow();
        StatementRow[] rows = [.. paid.Select((instruction, index) => new StatementRow(
            index + 1, instruction, "paid", Amount, "XOF", DateOnly.FromDateTime(at.UtcDateTime),
            Invariant($"ref-{index}")))];
        await payments.Host.HandleAsync<ReconciliationDb, StatementChunk, StatementChunkHandler>(
            new StatementChunk(id, PaymentsHost.Track1, 0, rows));
        await payments.Host.HandleAsync<ReconciliationDb, StatementEnded, StatementEndedHandler>(new StatementEnded(
            id, PaymentsHost.Track1, 1, rows.Length, rows.Length * Amount, 0, "XOF", true, at.AddDays(1),
            new string('a', 64), "rita@government"));
    }

    private static async Task<List<JsonElement>> AddendaAsync(PaymentsHost payments, string batch, int atLeast) =>
        await TestHost.Until(
            async () => (await payments.GetAsync($"/reconciliation/batches/{batch}/certificate/addenda"))
                .GetProperty("items").EnumerateArray().ToList(),
            items => items.Count >= atLeast);

    private static IEnumerable<(string Figure, long Count, long Minor)> Changes(JsonElement item) =>
        item.GetProperty("addendum").GetProperty("changes").EnumerateArray().Select(change => (
            change.GetProperty("figure").GetString()!, change.GetProperty("count").GetInt64(),
            change.GetProperty("sumMinor").GetInt64()));

    private static long Settled(JsonElement certificate) =>
        certificate.GetProperty("settled").GetProperty("count").GetInt64();

    private static string HashOf(JsonElement signed) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed.GetRawText())));

    private static async Task<List<string>> AuditAsync(PaymentsHost payments) =>
        [.. (await payments.GetAsync("/reconciliation/audit")).GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString()!)];
}
