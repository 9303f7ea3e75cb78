using System.Text.Json;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>The incident commands reach a running host as the users they are for.</summary>
public sealed class Incidents_by_command(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Nowhere = "inc_00000000000000000000000000000001";

    [Fact]
    public async Task None_are_listed_before_anything_went_wrong()
    {
        var run = await host.AsAsync("operator", "incident", "list", "--overdue", "--json");

        run.Code.Should().Be(0, run.All);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("auditor", "show")]
    [InlineData("operator", "take")]
    [InlineData("finance", "claim", "--amount", "1", "--reference", "S-1")]
    [InlineData("finance", "recover", "--amount", "1", "--reference", "S-1")]
    [InlineData("finance", "write-off", "--bearer", "treasury", "--note", "Gone.")]
    [InlineData("operator", "close", "--finding", "stands", "--evidence", "S-1", "--note", "Seen.")]
    [InlineData("cochair.un", "decide", "--agree", "--note", "Seen.")]
    public async Task Every_act_reaches_its_endpoint_and_refuses_what_is_not_there_by_name(
        string user, string act, params string[] rest)
    {
        var run = await host.AsAsync(user, ["incident", act, Nowhere, .. rest]);

        run.Code.Should().Be(2, run.All);
        run.Errors.Should().Contain("incident.unknown");
    }
}
