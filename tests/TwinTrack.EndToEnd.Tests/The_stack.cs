using TwinTrack.Cli;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// The demonstration as in production: every service in processes of its own, over PostgreSQL and RabbitMQ.
/// </summary>
public sealed class The_stack
{
    [Fact]
    public async Task Pays_a_suspended_cycle_with_two_copies_of_each_service()
    {
        LongShare.SkipUnlessAsked();
        foreach (var server in new[] { ServerPackage.Postgres, ServerPackage.Rabbit })
        {
            if (server.Find(server.Main) is null)
            {
                throw Xunit.Sdk.SkipException.ForSkip(
                    $"{server.Title} is not installed: './twintrack test' installs it on Debian when it may.");
            }
        }

        var line = await CommandLine.RunAsync(
            new Dictionary<string, string>(), "demo", "--stack", "--copies", "2", "--households", "600", "--seed", "7",
            "--json");

        line.Code.Should().Be(0, line.All);
        var totals = line.Json;
        totals.GetProperty("paidTwice").GetInt64().Should().Be(0);
        totals.GetProperty("lost").GetInt64().Should().Be(0);
        totals.GetProperty("ledgerSum").GetInt64().Should().Be(0);
        totals.GetProperty("breaksOpen").GetInt64().Should().Be(0);
        totals.GetProperty("auditVerified").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Is_asked_for_in_words_that_fit_together()
    {
        (await CommandLine.RunAsync(new Dictionary<string, string>(), "demo", "--copies", "2")).Code.Should()
            .Be(ExitCode.Refused);
        (await CommandLine.RunAsync(new Dictionary<string, string>(), "up", "--stack", "--copies", "0")).Code.Should()
            .Be(ExitCode.Refused);
    }
}
