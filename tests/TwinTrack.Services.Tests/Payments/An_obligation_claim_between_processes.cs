using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.ClaimRace;
using TwinTrack.Payments;
using TwinTrack.Payments.Persistence;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>
/// The key that forbids a second live attempt, tried by two processes at once that know nothing of our code.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class An_obligation_claim_between_processes(PostgresServer postgres)
{
    private const int Obligations = 400;

    [Fact]
    public async Task Is_won_by_exactly_one_on_sqlite()
    {
        await using var host = await TestHost.StartAsync(new PaymentsModule());

        await RaceAsync(host, "sqlite", $"Data Source={Path.Combine(host.Data, "payments.db")};Default Timeout=30");
    }

    [Fact]
    public async Task Is_won_by_exactly_one_on_postgres()
    {
        var database = await postgres.NewDatabaseAsync("claims");
        await using var host = await TestHost.StartAsync(
            null, ["--ConnectionStrings:payments", database], null, new PaymentsModule());

        await RaceAsync(host, "postgres", database);
    }

    private static async Task RaceAsync(TestHost host, string engine, string connection)
    {
        using var first = Runner(engine, connection);
        using var second = Runner(engine, connection);
        foreach (var runner in new[] { first, second })
        {
            (await runner.StandardOutput.ReadLineAsync()).Should().Be("ready");
        }

        await first.StandardInput.WriteLineAsync("go");
        await second.StandardInput.WriteLineAsync("go");
        var won = await Task.WhenAll(WonAsync(first), WonAsync(second));

        won.Sum().Should().Be(Obligations, "each obligation has one live attempt, whoever was first");
        (await host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(Obligations);
    }

    private static async Task<int> WonAsync(Process runner)
    {
        var line = await runner.StandardOutput.ReadLineAsync();
        await runner.WaitForExitAsync();
        return int.Parse(line ?? "-1", CultureInfo.InvariantCulture);
    }

    private static Process Runner(string engine, string connection) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(RaceProgram).Assembly.Location, engine, connection, $"{Obligations}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
