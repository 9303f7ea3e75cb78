using System.Text.RegularExpressions;
using TwinTrack.Contracts;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed partial class Scaling_by_queues
{
    [Fact]
    public async Task Watches_every_queue_that_the_topology_gives_a_service()
    {
        var wanted =
            Topology.Arrows.SelectMany(
                arrow => arrow.To.Select(
                    to => (Service: to,
                        Queue: $"{to}."
                            + $"{Capital().Replace(arrow.Message.Name, "-$0").TrimStart('-').ToLowerInvariant()}")))
            .ToLookup(pair => pair.Service, pair => pair.Queue);
        var shared = wanted.SelectMany(service => new[] { "--set", $"services.{service.Key}.autoscaling.kind=queue" });

        var objects = await Helm.RenderAsync("production", [.. shared]);

        var scaled = objects.Of("ScaledObject").ToList();
        scaled.Should().HaveCount(6);
        foreach (var one in scaled)
        {
            var service = one.Name["tt-twintrack-".Length..];
            one.List("spec.triggers").Select(trigger => (string)trigger.At("metadata.queueName")!).Should()
                .BeEquivalentTo(wanted[service]);
            one.List("spec.triggers")
                .Where(trigger => (string?)trigger["type"] != "rabbitmq"
                    || (string?)trigger.At("authenticationRef.name") != one.Name).Should().BeEmpty();
            objects.One("TriggerAuthentication", one.Name).List("spec.secretTargetRef").Should()
                .ContainSingle().Which.ToJsonString()
                .Should().Be($$"""{"parameter":"host","name":"twintrack-{{service}}","key":"bus"}""");
        }
    }

    [Fact]
    public async Task Is_a_processors_load_where_that_is_chosen()
    {
        var scaler = (await Helm.RenderAsync("production")).Of("HorizontalPodAutoscaler").Should()
            .ContainSingle().Which;

        scaler.Name.Should().Be("tt-twintrack-gateway");
        scaler.At("spec.metrics.0.resource.target.averageUtilization")!.ToString().Should().Be("70");
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
