using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Services.Tests.Reconciliation;

public sealed class A_certificate
{
    [Fact]
    public async Task It_is_refused_with_what_is_missing_and_granted_when_all_adds_up()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        var (paid, doubtful, freed) = (ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction(),
            ReconciliationScene.NewInstruction());
        await scene.ReleaseAsync(4);
        await scene.ChangeStatesAsync(
        [
            .. ReconciliationScene.Settled(paid),
            .. ReconciliationScene.StateChanges(doubtful, "Planned", "Released", "Sent", "InDoubt"),
            .. ReconciliationScene.StateChanges(freed, "Planned", "Released", "Sent", "Rejected"),
        ]);

        var early = await scene.CertifyAsync();
        early.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = await early.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("type").GetString().Should().Be("urn:twintrack:refusal:certificate.not_yet");
        problem.GetProperty("detail").GetString().Should()
            .Be("The batch cannot be certified yet: 1 in doubt, 1 settled without a statement line. "
                + "Import the statements of its channels, then certify it.");

        await scene.StateAsync(final: true, ReconciliationScene.Paid(1, paid), ReconciliationScene.Paid(2, doubtful));
        (await Detail(await scene.CertifyAsync())).Should()
            .Be("The batch cannot be certified yet: 1 in doubt, 1 open breaks. "
                + "Resolve the breaks, then certify it.");
        await scene.ChangeStatesAsync(
            ReconciliationScene.StateChanges(doubtful, "Planned", "Released", "Sent", "InDoubt", "Settled"));
        await TestHost.Until(() => scene.BreaksAsync(), open => open.Count == 0);

        var signed = await scene.CertifyAsync();
        signed.StatusCode.Should().Be(HttpStatusCode.Accepted, "it holds only when Payments has closed the batch");
        var answer = await signed.Content.ReadFromJsonAsync<JsonElement>();
        var certificate = answer.GetProperty("certificate");
        var hash = answer.GetProperty("hash").GetString()!;
        hash.Should().Be(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(certificate.GetRawText()))));
        certificate.GetProperty("settled").GetProperty("count").GetInt64().Should().Be(2);
        certificate.GetProperty("unpaid").GetProperty("count").GetInt64().Should().Be(1);
        certificate.GetProperty("noInstruction").GetProperty("count").GetInt64().Should().Be(1);
        certificate.GetProperty("ledgerSumMinor").GetInt64().Should().Be(0);
        certificate.GetProperty("ledger").GetProperty("disbursedMinor").GetInt64().Should()
            .Be(2 * ReconciliationScene.Amount);
        certificate.GetProperty("statements").EnumerateArray().Should().ContainSingle();
        certificate.GetProperty("certifiedBy").GetString().Should().Be("rita@government");
        (await scene.Host.SentAsync<ReconciliationDb, BatchCertified>()).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new
            {
                BatchId = scene.Batch,
                CertificateHash = hash,
                CertifiedBy = "rita@government",
                SettledObligations = 2L,
                SettledMinor = 2 * ReconciliationScene.Amount
            });
        (await scene.Reconciler.GetAsync($"/reconciliation/batches/{scene.Batch}/certificate")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);

        await scene.ClosedAsync(new string('0', 64));
        (await scene.BatchAsync()).GetProperty("state").GetString().Should()
            .Be("Closing", "a word about another certificate changes nothing");
        await scene.ClosedAsync(hash);
        var granted = await scene.CertifyAsync();
        granted.StatusCode.Should().Be(HttpStatusCode.OK);
        var again = await granted.Content.ReadFromJsonAsync<JsonElement>();
        again.GetProperty("state").GetString().Should().Be("Certified");
        again.GetProperty("certificate").GetRawText().Should()
            .Be(certificate.GetRawText(), "a batch has one certificate");
        (await scene.Host.SentAsync<ReconciliationDb, BatchCertified>()).Should().ContainSingle();
    }

    [Fact]
    public async Task Is_revoked_while_payments_has_something_under_way_and_can_be_given_again()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        var paid = ReconciliationScene.NewInstruction();
        await scene.ReleaseAsync(2);
        await scene.ChangeStatesAsync(ReconciliationScene.Settled(paid));
        await scene.StateAsync(final: true, ReconciliationScene.Paid(1, paid));
        var first = (await (await scene.CertifyAsync()).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("hash")
            .GetString()!;

        await scene.NotClosedAsync(first, "Not at rest: 1 in flight.");

        var seen = await scene.BatchAsync();
        seen.GetProperty("state").GetString().Should().Be("Open");
        seen.GetProperty("notClosedBecause").GetString().Should().Be("Not at rest: 1 in flight.");
        seen.GetProperty("certificateHash").ValueKind.Should().Be(JsonValueKind.Null);
        var late = ReconciliationScene.NewInstruction();
        await scene.ChangeStatesAsync(ReconciliationScene.Settled(late));
        (await Detail(await scene.CertifyAsync())).Should()
            .Be("The batch cannot be certified yet: 1 settled without a statement line. "
                + "Import the statements of its channels, then certify it.");
        await scene.StateAsync(final: true, ReconciliationScene.Paid(1, late));
        var second = await scene.CertifyAsync();
        second.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("certificate").GetProperty("settled")
            .GetProperty("count").GetInt64().Should().Be(2);
    }

    [Fact]
    public async Task A_payment_no_statement_shows_can_be_vouched_for_by_a_person()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(1);
        await scene.ChangeStatesAsync(ReconciliationScene.Settled(ReconciliationScene.NewInstruction()));
        await scene.StateAsync(final: true);
        var found = (await scene.BreaksAsync()).Single();
        (await Detail(await scene.CertifyAsync())).Should()
            .Be("The batch cannot be certified yet: 1 settled without a statement line, 1 open breaks. "
                + "Resolve the breaks, then certify it.");

        (await scene.Reconciler.PostAsJsonAsync(
            $"/reconciliation/breaks/{found.GetProperty("id").GetString()}/resolve",
            new { note = "receipt seen at the agency" }))
            .EnsureSuccessStatusCode();

        (await scene.CertifyAsync()).StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Released_money_that_is_not_in_the_ledger_prevents_a_certificate()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        var paid = ReconciliationScene.NewInstruction();
        await scene.ReleaseAsync(1);
        await scene.ChangeStatesAsync(ReconciliationScene.Settled(paid));
        await scene.StateAsync(final: true, ReconciliationScene.Paid(1, paid));
        await scene.Host.QueryAsync<ReconciliationDb, int>(async db =>
        {
            db.LedgerEntries.Add(
                new LedgerEntry
                {
                    TransactionId = Guid.Empty,
                    Line = 0,
                    Account = "disbursed:t1-momo",
                    AmountMinor = 1,
                    Currency = "XOF",
                    BatchId = BatchId.Parse(scene.Batch, null)
                });
            return await db.SaveChangesAsync();
        });

        var detail = await Detail(await scene.CertifyAsync());

        detail.Should().Contain("the ledger does not balance").And.Contain(
            $"{ReconciliationScene.Amount + 1} disbursed");
    }

    [Fact]
    public async Task A_batch_of_which_nothing_has_been_heard_is_not_certified_for_lack_of_trouble()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(4);

        (await Detail(await scene.CertifyAsync())).Should()
            .Be("The batch cannot be certified yet: no instruction has arrived. Certify it when this is done.");
    }

    [Fact]
    public async Task A_batch_that_nobody_released_is_unknown()
    {
        await using var scene = await ReconciliationScene.OpenAsync();

        (await scene.CertifyAsync()).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_a_reconciler_certifies()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        using var finance = scene.Host.As("fatou", "government", Role.Finance);

        (await finance.PostAsync($"/reconciliation/batches/{scene.Batch}/certificate", null)).StatusCode.Should()
            .Be(HttpStatusCode.Forbidden);
    }

    private static async Task<string?> Detail(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
}
