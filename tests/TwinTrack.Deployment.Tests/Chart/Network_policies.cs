using System.Text.Json.Nodes;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed class Network_policies
{
    private static readonly Dictionary<string, string> Outside = new()
    {
        ["kube-dns"] = "dns",
        ["postgresql"] = "postgres",
        ["10.20.0.0"] = "postgres",
        ["\"rabbitmq\""] = "rabbitmq",
        ["ingress-nginx"] = "ingress",
        ["0.0.0.0/0"] = "internet",
        ["monitoring"] = "telemetry",
        ["dapr-system"] = "dapr",
        ["\"vault\""] = "vault",
    };

    [Fact]
    public async Task Open_the_arrows_of_the_architecture_and_no_others() =>
        Network.Open(await Helm.RenderAsync("minimal"), Outside).Should().BeEquivalentTo(Network.Wanted());

    [Fact]
    public async Task Open_the_ways_to_the_collector_and_from_the_scraper_only_when_there_are_any()
    {
        var more = Network.Wanted().Where(arrow => arrow.To == "postgres" && arrow.From != "migrations")
            .SelectMany(
            arrow => new Arrow[] { new(arrow.From, "telemetry", 4317), new("telemetry", arrow.From, 9464) });

        Network.Open(await Helm.RenderAsync("production"), Outside).Should()
            .BeEquivalentTo(Network.Wanted().Concat(more));
    }

    [Fact]
    public async Task Let_calls_through_sidecars_alone_where_there_are_sidecars()
    {
        var components = Network.Wanted().Where(arrow => arrow.To == "postgres" && arrow.From != "migrations")
            .Select(arrow => arrow.From).ToList();
        var sidecars = components.SelectMany(component => new Arrow[]
        {
            new(component, "dapr", 6500), new(component, "dapr", 50001), new(component, "dapr", 50005),
            new(component, "dapr", 50006), new(component, "vault", 8200),
        });

        Network.Open(await Helm.RenderAsync("dapr"), Outside).Should()
            .BeEquivalentTo(Network.Wanted(callPort: 50002).Concat(sidecars));
    }

    [Theory]
    [MemberData(nameof(The_chart.Sets), MemberType = typeof(The_chart))]
    public async Task Deny_everything_else_to_every_pod(string set)
    {
        var objects = await Helm.RenderAsync(set);

        Network.Unguarded(objects).Should().BeEmpty();
        Network.HalfOpen(objects, Outside).Should().BeEmpty();
    }

    [Fact]
    public async Task Are_looked_at_by_a_test_that_bites()
    {
        var objects = await Helm.RenderAsync("minimal");
        var payments = objects.One("NetworkPolicy", "tt-twintrack-payments");
        payments.At("spec.egress")!.AsArray().Add(JsonNode.Parse("""{ "ports": [{ "port": 443 }] }"""));
        var routing = objects.One("NetworkPolicy", "tt-twintrack-routing");
        routing.At("spec")!.AsObject().Remove("ingress");

        Network.Open(objects, Outside).Except(Network.Wanted()).Should().Equal(new Arrow("payments", "anybody", 443));
        Network.Wanted().Except(Network.Open(objects, Outside)).Should().Equal(new Arrow("gateway", "routing", 8080));
        Network.HalfOpen(objects, Outside).Should().Equal(new Arrow("gateway", "routing", 8080));
    }

    [Fact]
    public async Task Guard_no_pod_that_they_do_not_select()
    {
        var objects = await Helm.RenderAsync("minimal");
        objects.One("NetworkPolicy", "tt-twintrack-deny")
            .At("spec.podSelector.matchLabels")!["app.kubernetes.io/instance"] = "another";
        objects.One("NetworkPolicy", "tt-twintrack-payments")
            .At("spec.podSelector.matchLabels")!["app.kubernetes.io/instance"] = "another";

        Network.Unguarded(objects).Should().Equal(
            "Ingress of Deployment/tt-twintrack-payments", "Egress of Deployment/tt-twintrack-payments");
    }
}
