using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Gateway.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;
using TwinTrack.Reconciliation.Persistence;
using TwinTrack.Routing.Persistence;
using TwinTrack.Services.Tests.WholeCycle;

namespace TwinTrack.Services.Tests.Api;

/// <summary>What is there after a cycle, so that every item can be asked for: by the start of its path.</summary>
internal sealed class KnownValues
{
    private const string ExampleCycle = "cyc_0198c7e2b1d47c9a8f3e5a6b7c8d9e0f";
    private static readonly Guid Letter = Guid.Parse("0198c7e2-b1d4-7c9a-8f3e-5a6b7c8d9e0f");

    private readonly Dictionary<string, object> _byPath = new(StringComparer.Ordinal);
    private readonly string _cycle;

    private KnownValues(Script script)
    {
        _cycle = script.Cycle;
        Add("code", "/entitlements/programmes/", "PSN");
        Add("code", "/enrolments/programmes/", "PSN");
        Add("code", "/routing/channels/", "t1-bank");
        Add("version", "", 1);
        Add("programme", "", "PSN");
        Add("channel", "", "t1-momo");
        Add("channel", "/providers/partner/", "t2-agency");
        Add("part", "", "control");
        Add("name", "", "admin");
        Add("kind", "", "access");
        Add("token", "", "no-such-token");
        Add("asked", "", 1L);
        Add("left", "", script.Switch);
        Add("right", "", script.Switch);
        Add("id", "/routing/switches/", script.Switch);
        Add("id", "/routing/rehearsals/", script.Switch);
        Add("id", "/payments/moves/", script.Switch);
        Add("id", "/payments/cycles/", script.Cycle);
        Add("id", "/entitlements/cycles/", script.Cycle);
        Add("id", "/payments/batches/", script.Batch);
        Add("id", "/reconciliation/batches/", script.Batch);
        Add("id", "/routing/rules/", "NE003");
        // Of these there is none after a quiet cycle, and nothing lists them: they are refused as unknown.
        Add("id", "/enrolments/duplicates/", Unknown("dup"));
        Add("id", "/payments/forced/", Unknown("for"));
        Add("id", "/reconciliation/breaks/", Unknown("brk"));
        Add("id", "/routing/reviews/", Unknown("rev"));
    }

    public object Of(ApiOperation operation, ParameterInfo parameter)
    {
        var key = _byPath.Keys.Where(key => key.StartsWith(parameter.Name + " ", StringComparison.Ordinal)
                && operation.Path.StartsWith(
                    key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal))
            .MaxBy(key => key.Length)
            ?? throw new InvalidOperationException($"{operation} asks for {parameter.Name}, and none is known.");
        return _byPath[key];
    }

    /// <summary>An example with the cycle that there is.</summary>
    public string Filled(string example) => example.Replace(ExampleCycle, _cycle, StringComparison.Ordinal);

    public static async Task<KnownValues> OfAsync(TestHost host, Script script, string agencyFolder)
    {
        var values = new KnownValues(script);
        await values.AddRowsAsync(host);
        await values.AddPaymentsAsync(host);
        await values.AddSuspensionAsync(host);
        await values.AddTrancheAsync(host, agencyFolder);
        await values.AddLettersAsync(host);
        return values;
    }

    private async Task AddRowsAsync(TestHost host)
    {
        var (import, run, household) = await host.QueryAsync<EnrolmentsDb, (ImportId, EnrolmentRunId, HouseholdId)>(
            async db => (
                await db.Imports.Select(row => row.Id).FirstAsync(),
                await db.Runs.Select(row => row.Id).FirstAsync(),
                await db.Households.Select(row => row.Id).FirstAsync()));
        Add("id", "/enrolments/imports/", import.Text);
        Add("id", "/enrolments/enrolments/", run.Text);
        Add("id", "/enrolments/households/", household.Text);
        Add("id", "/enrolments/programmes/{code}/households/", household.Text);
        var entitlement = await host.QueryAsync<EntitlementsDb, Guid>(
            db => db.Entitlements.Select(row => row.Id).FirstAsync());
        Add("id", "/entitlements/entitlements/", EntitlementId.From(entitlement).Text);
        var (evidence, statement) = await host.QueryAsync<ProvidersDb, (EvidenceId, StatementId)>(async db => (
            await db.Evidence.Select(row => row.Id).FirstAsync(),
            await db.Statements.Select(row => row.Id).FirstAsync()));
        Add("id", "/providers/evidence/", evidence.Text);
        Add("id", "/providers/statements/", statement.Text);
        Add("id", "/reconciliation/statements/", statement.Text);
    }

    /// <summary>A quiet cycle has no incident and no subscriber, so one of each is made.</summary>
    private async Task AddPaymentsAsync(TestHost host)
    {
        var paid = await host.QueryAsync<PaymentsDb, Instruction>(db => db.Instructions.AsNoTracking().FirstAsync());
        Add("id", "/payments/payments/", paid.Id.Text);
        Add("id", "/providers/instructions/", paid.Id.Text);
        var now = TimeProvider.System.GetUtcNow();
        var incident = new Incident
        {
            Id = IncidentId.New(TimeProvider.System),
            Kind = IncidentKind.Contradiction,
            ObligationId = paid.ObligationId,
            BatchId = paid.BatchId,
            InstructionId = paid.Id,
            AmountMinor = paid.AmountMinor,
            Owner = Role.Finance,
            OpenedAt = now,
            Note = "made by a test",
        };
        await host.QueryAsync<PaymentsDb, int>(async db =>
        {
            db.Incidents.Add(incident);
            return await db.SaveChangesAsync();
        });
        Add("id", "/payments/incidents/", incident.Id.Text);
        using var admin = host.As("admin", "government", Role.Admin);
        using var made = await admin.PostAsync("/payments/subscribers", new StringContent(
            """{"name":"n","address":"https://93.184.215.14/","types":["batch.certified"],"party":"government"}""",
            System.Text.Encoding.UTF8,
            "application/json"));
        Add("id", "/payments/subscribers/",
            JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.Text("id"));
    }

    /// <summary>Of an area without payments.</summary>
    private async Task AddSuspensionAsync(TestHost host)
    {
        using var person = host.As("operator", "government", Role.Operator);
        using var made = await person.PostAsync("/routing/suspensions", new StringContent(
            """{"track":1,"programme":"PSN","areas":["NE999"],"reason":"made by a test"}""",
            System.Text.Encoding.UTF8,
            "application/json"));
        Add("id", "/routing/suspensions/",
            JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.Text("id"));
    }

    /// <summary>
    /// The agency has taken its lists away, so one that was sent lies for it once more, in another folder.
    /// </summary>
    private async Task AddTrancheAsync(TestHost host, string agencyFolder)
    {
        var folder = Path.Combine(host.Data, "agency-again");
        var control = Directory.EnumerateFiles(Path.Combine(agencyFolder, "sent-kept"), "*.control.json").First();
        foreach (var place in new[] { "sent-kept", "to-provider" })
        {
            Directory.CreateDirectory(Path.Combine(folder, place));
            File.Copy(control, Path.Combine(folder, place, Path.GetFileName(control)));
        }

        var list = JsonDocument.Parse(await File.ReadAllTextAsync(control)).RootElement.Text("file");
        await File.WriteAllTextAsync(Path.Combine(folder, "to-provider", list), "a list");
        await new Caller(host).PutAsync("admin", "/providers/connections/t2-agency", new
        {
            settings = new { directory = folder, agencyName = "Agency", partnerUsers = Role.Partner },
        }, act: 2);
        using var partner = host.As(Role.Partner, "agency", Role.Partner);
        var page =
            JsonDocument.Parse(await partner.GetStringAsync("/providers/partner/t2-agency/tranches")).RootElement;
        Add("reference", "", page.GetProperty("items")[0].Text("reference"));
        Add("name", "/providers/partner/", await host.QueryAsync<ProvidersDb, string>(db => db.Evidence
            .Where(row => row.Channel == "t2-agency" && row.Kind == EvidenceKind.Document)
            .Select(row => row.Name!).FirstAsync()));
    }

    private async Task AddLettersAsync(TestHost host)
    {
        await AddLetterAsync<GatewayDb>(host, "auth");
        await AddLetterAsync<EnrolmentsDb>(host, "enrolments");
        await AddLetterAsync<EntitlementsDb>(host, "entitlements");
        await AddLetterAsync<PaymentsDb>(host, "payments");
        await AddLetterAsync<RoutingDb>(host, "routing");
        await AddLetterAsync<ProvidersDb>(host, "providers");
        await AddLetterAsync<ReconciliationDb>(host, "reconciliation");
    }

    /// <summary>Of a message that no service knows: it can be read about, and discarded.</summary>
    private async Task AddLetterAsync<TDb>(TestHost host, string service)
        where TDb : ServiceDb
    {
        Add("id", $"/{service}/messages/", Letter);
        var now = TimeProvider.System.GetUtcNow();
        await host.QueryAsync<TDb, int>(async db =>
        {
            db.DeadLetters.Add(new DeadLetter
            {
                MessageId = Letter,
                Queue = $"{service}-test",
                Bytes = 2,
                Sha256 = new string('0', 64),
                Reason = "test",
                FirstAt = now,
                LastAt = now,
                State = DeadLetterState.Dead,
            });
            return await db.SaveChangesAsync();
        });
    }

    private void Add(string parameter, string path, object value) => _byPath[$"{parameter} {path}"] = value;

    private static string Unknown(string prefix) => $"{prefix}_{Letter:n}";
}
