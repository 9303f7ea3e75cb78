using TwinTrack.Embedded;
using TwinTrack.Services.Tests.Postgres;
using TwinTrack.Services.Tests.WholeCycle;

namespace TwinTrack.Services.Tests.Api;

/// <summary>
/// After a whole cycle with a switch, a generated client calls every operation of every service. Each call has the
/// roles that its document names.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class Every_operation(PostgresServer postgres)
{
    private const int Households = 24;

    [Fact]
    public async Task Answers_its_client_as_documented_on_sqlite() => await CallAllAsync([]);

    [Fact]
    public async Task Answers_its_client_as_documented_on_postgres()
    {
        var settings = new List<string>();
        foreach (var module in AllModules.InReadingOrder())
        {
            settings.Add($"--ConnectionStrings:{module.Name}");
            settings.Add(await postgres.NewDatabaseAsync($"api_{module.Name}"));
        }

        await CallAllAsync([.. settings]);
    }

    private static async Task CallAllAsync(string[] settings)
    {
        await using var providers = await WholeCycle.Providers.StartAsync(seed: 11);
        await using var host = await TestHost.StartAsync(null, settings, null, AllModules.InReadingOrder());
        var script = new Script(providers, Households);
        var people = new Caller(host);
        foreach (var (_, work) in script.Steps)
        {
            await work(people);
        }

        var values = await KnownValues.OfAsync(host, script, providers.AgencyFolder);
        var documents = await ApiOperation.DocumentsAsync(host.Address);
        var operations = documents.SelectMany(document => ApiOperation.Of(document.Key, document.Value)).ToList();
        var calls = new List<ClientCall>();
        foreach (var operation in operations.OrderBy(operation => operation.Method != "GET"))
        {
            calls.Add(await ClientCall.MakeAsync(host, operation, values));
        }

        calls.SelectMany(call => call.Faults()).Should().BeEmpty();
        calls.Should().HaveCount(ClientMethod.All().Count(), "every method of every interface is called");
        calls.Count(call => call.Succeeded).Should().BeGreaterThan(calls.Count / 2, "most are no refusals");
    }
}
