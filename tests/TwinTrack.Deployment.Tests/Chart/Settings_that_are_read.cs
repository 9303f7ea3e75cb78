using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TwinTrack.Contracts;
using TwinTrack.Deployment.Tests.Tools;
using TwinTrack.Gateway;
using TwinTrack.Platform;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed class Settings_that_are_read
{
    /// <summary>Read by the runtime, not by us; or made of a name of ours and one that is looked up.</summary>
    private static readonly string[] Others =
        ["ASPNETCORE_HTTP_PORTS", "ConnectionStrings:", "gateway:services:", "keys:payee", "keys:connections",
            "keys:subscribers"];

    private static readonly Lazy<string> Sources = new(() => string.Concat(new[] { "services", "gateway" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(File.ReadAllText)));

    [Theory]
    [MemberData(nameof(The_chart.Sets), MemberType = typeof(The_chart))]
    public async Task Are_all_that_the_chart_gives(string set)
    {
        var objects = await Helm.RenderAsync(set);

        Unread(objects.Containers.SelectMany(one => one.Container.List("env"))
            .Select(setting => (string)setting["name"]!)).Should().BeEmpty();
    }

    [Fact]
    public void Are_all_that_the_compose_file_gives()
    {
        var file = Yaml.Documents(File.ReadAllText(Repository.PathOf("docker-compose.yml"))).Single();
        var given = file["services"]!.AsObject().Where(one => one.Value!["build"] is not null)
            .SelectMany(one => one.Value!["environment"]?.AsObject() ?? []);

        Unread(given.Select(setting => setting.Key)).Should().BeEmpty();
    }

    [Fact]
    public void Are_told_from_those_that_nobody_reads() =>
        Unread(["database__migrates", "data"]).Should().Equal("database:migrates");

    /// <summary>The process must be gone before it is killed: what the chart allows is what the host takes.</summary>
    [Fact]
    public async Task Give_the_host_less_time_to_leave_than_the_pod_has()
    {
        var gateway = (await Helm.RenderAsync("production")).One("Deployment", "tt-twintrack-gateway");
        var settings = gateway.List("spec.template.spec.containers.0.env")
            .ToDictionary(setting => (string)setting["name"]!, setting => (string?)setting["value"]);
        var data = Directory.CreateTempSubdirectory("twintrack-");
        try
        {
            await using var host = TwinTrackHost.Build(
                ["--data", data.FullName, "--Logging:LogLevel:Default", "None", "--shutdown:drainSeconds",
                    settings["shutdown__drainSeconds"]!, "--shutdown:timeoutSeconds",
                    settings["shutdown__timeoutSeconds"]!],
                Topology.Arrows,
                [new GatewayModule()],
                static _ => { });

            var takes = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
            takes.Should().Be(TimeSpan.FromSeconds(25)).And.BeLessThan(
                TimeSpan.FromSeconds((int)gateway.At("spec.template.spec.terminationGracePeriodSeconds")!));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Unread(IEnumerable<string> names) =>
        names.Select(name => name.Replace("__", ":", StringComparison.Ordinal)).Distinct()
        .Where(key => !Others.Any(other => key.StartsWith(other, StringComparison.Ordinal)) && !IsRead(key));

    private static bool IsRead(string key) =>
        Sources.Value.Contains($"\"{key}\"", StringComparison.Ordinal)
            || Sources.Value.Contains($"<c>{key}</c>", StringComparison.Ordinal);
}
