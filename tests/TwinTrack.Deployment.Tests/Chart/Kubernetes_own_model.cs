using System.Text.Json.Nodes;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed class Kubernetes_own_model
{
    [Theory]
    [MemberData(nameof(The_chart.Sets), MemberType = typeof(The_chart))]
    public async Task Knows_every_field_of_every_object(string set)
    {
        var model = await KubernetesModel.GetAsync();
        var objects = await Helm.RenderAsync(set);

        objects.All.Where(model.Knows).SelectMany(model.Breaches).Should().BeEmpty();
        objects.All.Where(one => !model.Knows(one)).Select(one => one.Kind).Distinct().Should().BeSubsetOf(
            ["ScaledObject", "TriggerAuthentication", "Configuration", "Component", "PrometheusRule", "PodMonitor"],
            "these are extensions, and nothing else is");
    }

    [Theory]
    [InlineData("Deployment", """{ "terminationGracePeriodSecond": 35 }""",
        "Deployment/x.spec.template.spec has no field terminationGracePeriodSecond")]
    [InlineData("Deployment", """{ "containers": [{ "env": [{ "name": "a", "value": 8080 }] }] }""",
        "Deployment/x.spec.template.spec.containers.0.env.0.value must be a string")]
    [InlineData("Deployment", """{ "containers": { "name": "a" } }""",
        "Deployment/x.spec.template.spec.containers must be a list")]
    [InlineData("Deployment", """{ "nodeSelector": { "a": true } }""",
        "Deployment/x.spec.template.spec.nodeSelector.a must be a string")]
    public async Task Finds_what_is_misspelt_or_of_another_type(string kind, string pod, string breach)
    {
        var model = await KubernetesModel.GetAsync();
        var one =
            JsonNode.Parse(
                $$"""{ "apiVersion": "apps/v1", "kind": "{{kind}}", "metadata": { "name": "x" }, "spec": """
                    + $$"""{ "template": { "spec": {{pod}} } } }""")!.AsObject();

        model.Breaches(one).Should().Equal(breach);
    }
}
