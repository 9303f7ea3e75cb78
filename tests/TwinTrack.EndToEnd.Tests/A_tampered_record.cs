using Microsoft.Data.Sqlite;

namespace TwinTrack.EndToEnd.Tests;

public sealed class A_tampered_record(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Is_found_by_audit_verify_and_named_by_service_and_entry()
    {
        var areas = host.File("areas.csv", "pcode,name,parent\nNER,Niger,\n");
        (await host.AsAsync("admin", "registry", "areas", areas)).Code.Should().Be(0);
        var programme = host.File("programme.json", """
            { "name": "Net", "currency": "XOF",
              "parameters": { "base": { "baseMinor": 15000, "perMemberMinor": 0, "membersMax": 8, "fundingSource": "treasury" } } }
            """);
        (await host.AsAsync("admin", "programme", "define", "NET", programme)).Code.Should().Be(0);
        var whole = await host.AsAsync("auditor", "audit", "verify");
        whole.Code.Should().Be(0, whole.All);

        await TamperAsync();
        var broken = await host.AsAsync("auditor", "audit", "verify");

        broken.Code.Should().Be(1, broken.All);
        broken.Output.Should().Contain("BROKEN: entry 1 ").And.MatchRegex("(?m)^entitlements .*BROKEN");
    }

    private async Task TamperAsync()
    {
        await using var database = new SqliteConnection(
            $"Data Source={Path.Combine(host.Host.Data, "entitlements.db")};Default Timeout=30");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "update audit set actor = 'nobody@government' where sequence = 1";
        (await command.ExecuteNonQueryAsync()).Should().Be(1);
    }
}
