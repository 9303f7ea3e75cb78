using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Enrolments.Consumers;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using static TwinTrack.Services.Tests.Enrolments.EnrolmentsHost;
using static TwinTrack.Services.Tests.Enrolments.RegistryFile;

namespace TwinTrack.Services.Tests.Enrolments;

public sealed class A_caseload
{
    private const int Households = 1_100;
    private const int MessageMaxBytes = 256 * 1024;

    [Fact]
    public async Task Is_streamed_once_in_chunks_that_hold_no_personal_data()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, Households));
        await host.EnrolledAsync(new { });
        var suspended = Text(await host.GetAsync("/enrolments/households/NE-000007"), "id");
        await host.Registrar.PostAsJsonAsync(
            $"/enrolments/programmes/snsp/households/{suspended}/suspend", new { reason = "away" });
        var cycle = CycleId.New(TimeProvider.System);

        var ended = await RequestAsync(host, cycle);
        await RequestAsync(host, cycle);

        var chunks = await host.Host.SentAsync<EnrolmentsDb, CaseloadChunk>();
        var payees = await host.Host.SentAsync<EnrolmentsDb, PayeeChunk>();
        (ended.Chunks, ended.Rows).Should().Be((chunks.Count, Households - 1));
        chunks.Select(chunk => chunk.Chunk).Should().Equal(Enumerable.Range(0, chunks.Count));
        chunks.Should().OnlyContain(chunk => chunk.Rows.Count <= 500);
        var rows = chunks.SelectMany(chunk => chunk.Rows).ToList();
        rows.Select(row => row.HouseholdId).Should()
            .OnlyHaveUniqueItems().And.HaveCount(Households - 1).And.NotContain(suspended);
        rows.Should()
            .OnlyContain(
            row => row.Members == 3 && row.ChildrenUnder5 == 1 && row.Instrument == "mobile"
                && row.PayeeFingerprint.Length == 64);
        payees.SelectMany(chunk => chunk.Rows).Select(row => (row.HouseholdId, row.Fingerprint)).Should()
            .Equal(rows.Select(row => (row.HouseholdId, row.PayeeFingerprint)));
        chunks.Select(Json).Concat(payees.Select(Json)).Should().OnlyContain(
            body => body.Length <= MessageMaxBytes && !body.Contains("Secret", StringComparison.Ordinal)
                && !body.Contains("+227", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Carries_payees_that_providers_can_open()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, 1));
        await host.EnrolledAsync(new { });
        await RequestAsync(host, CycleId.New(TimeProvider.System));

        var row = (await host.Host.SentAsync<EnrolmentsDb, PayeeChunk>()).Single().Rows.Single();
        var sealer = Sealer.Named("payee", host.Host.App.Services.GetRequiredService<IConfiguration>());

        sealer.Open(row.Sealed).Should().Be(
            """{"registryId":"NE-000001","name":"Amina """
                + """Secret1","instrument":"mobile","account":"+22790000001","bankBic":null,"alternate":"Issa """
                + """Secret1"}""");
        row.Fingerprint.Should().Be(sealer.Fingerprint("Amina Secret1|mobile|+22790000001|"));
    }

    [Fact]
    public async Task Of_nobody_ends_at_once()
    {
        await using var host = await StartAsync();

        var ended = await RequestAsync(host, CycleId.New(TimeProvider.System));

        (ended.Chunks, ended.Rows).Should().Be((0, 0));
    }

    [Fact]
    public async Task Counts_ages_on_the_day_of_the_cycle()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, 1));
        await host.EnrolledAsync(new { });

        await RequestAsync(host, CycleId.New(TimeProvider.System), new DateOnly(2029, 5, 31));
        await RequestAsync(host, CycleId.New(TimeProvider.System), new DateOnly(2029, 6, 1));

        (await host.Host.SentAsync<EnrolmentsDb, CaseloadChunk>()).Select(chunk => chunk.Rows.Single().ChildrenUnder5)
            .Should().Equal(1, 0);
    }

    private static async Task<CaseloadEnded> RequestAsync(EnrolmentsHost host, CycleId cycle, DateOnly? asOf = null)
    {
        await host.Host.HandleAsync<EnrolmentsDb, RequestCaseload, RequestCaseloadHandler>(
            new RequestCaseload(cycle.Text, "snsp", asOf ?? new DateOnly(2026, 11, 1)));
        var sent = await TestHost.Until(
            () => host.Host.SentAsync<EnrolmentsDb, CaseloadEnded>(),
            sent => sent.Any(ended => ended.CycleId == cycle.Text));
        return sent.Single(ended => ended.CycleId == cycle.Text);
    }

    private static string Json<T>(T message) => JsonSerializer.Serialize(message);
}
