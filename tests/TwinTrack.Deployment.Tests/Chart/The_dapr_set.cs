using System.Text.Json.Nodes;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed class The_dapr_set
{
    [Fact]
    public async Task Gives_every_service_a_sidecar_with_rules_of_its_own()
    {
        var objects = await Helm.RenderAsync("dapr");

        foreach (var one in objects.Of("Deployment"))
        {
            var notes = one.At("spec.template.metadata.annotations")!;
            ((string?)notes["dapr.io/enabled"]).Should().Be("true");
            ((string?)notes["dapr.io/app-id"]).Should().Be(one.Name);
            ((string?)notes["dapr.io/app-port"]).Should().Be("8080");
            ((string?)notes["dapr.io/disable-builtin-k8s-secret-store"]).Should().Be("true");
            objects.Of("Configuration").Select(configuration => configuration.Name).Should()
                .Contain((string)notes["dapr.io/config"]!);
        }
    }

    [Fact]
    public async Task Lets_the_gateway_call_the_services_and_nobody_call_anybody_else()
    {
        var objects = await Helm.RenderAsync("dapr");

        foreach (var one in objects.Of("Configuration"))
        {
            var service = one.Name["tt-twintrack-".Length..];
            ((string?)one.At("spec.accessControl.defaultAction")).Should().Be("deny");
            one.List("spec.api.allowed").Select(api => $"{api["name"]} {api["version"]} {api["protocol"]}").Should()
                .Equal(service == "gateway" ? ["invoke v1.0 http", "secrets v1 grpc"] : ["secrets v1 grpc"]);
            var policies = one.List("spec.accessControl.policies").ToList();
            if (service == "gateway")
            {
                policies.Should().BeEmpty();
                continue;
            }

            var policy = policies.Should().ContainSingle().Which;
            ((string?)policy["appId"], (string?)policy["namespace"], (string?)policy["trustDomain"],
                (string?)policy["defaultAction"])
                .Should().Be(("tt-twintrack-gateway", "pay", "public", "deny"));
            policy.List("operations").Should().ContainSingle().Which.ToJsonString().Should()
                .Be($$"""{"name":"/{{service}}/**","httpVerb":["*"],"action":"allow"}""");
        }
    }

    [Fact]
    public async Task Sends_the_gateways_calls_by_app_id()
    {
        var objects = await Helm.RenderAsync("dapr");

        var ids =
            objects.Of("Deployment")
                .Select(one => (string)one.At("spec.template.metadata.annotations")!["dapr.io/app-id"]!).ToList();
        var addresses = objects.One("Deployment", "tt-twintrack-gateway").List("spec.template.spec.containers.0.env")
            .Where(setting => ((string)setting["name"]!).StartsWith("gateway__services__", StringComparison.Ordinal))
            .Select(setting => (string)setting["value"]!).ToList();
        addresses.Should().HaveCount(6).And.BeSubsetOf(ids.Select(id => "dapr://" + id));
    }

    [Fact]
    public async Task Lets_a_service_read_its_own_secrets_from_the_store_and_holds_none_in_the_pod()
    {
        var objects = await Helm.RenderAsync("dapr");
        var store = objects.Of("Component").Should().ContainSingle().Which;

        ((JsonArray)store["scopes"]!).Select(scope => (string)scope!).Should()
            .BeEquivalentTo(objects.Of("Deployment").Select(one => one.Name));
        foreach (var one in objects.Of("Deployment"))
        {
            var scope = objects.One("Configuration", one.Name).List("spec.secrets.scopes").Should()
                .ContainSingle().Which;
            ((string?)scope["storeName"], (string?)scope["defaultAccess"]).Should().Be((store.Name, "deny"));
            var settings = one.List("spec.template.spec.containers.0.env")
                .ToDictionary(setting => (string)setting["name"]!);
            string.Join(',', scope["allowedSecrets"]!.AsArray().Select(name => (string)name!)).Should()
                .Be((string)settings["dapr__secrets__names"]["value"]!);
            settings.Values.Where(setting => setting["valueFrom"] is not null)
                .Select(setting => (string)setting["name"]!).Should().Equal("DAPR_API_TOKEN");
        }
    }
}
