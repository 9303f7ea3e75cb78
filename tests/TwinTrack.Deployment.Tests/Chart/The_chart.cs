using System.Globalization;
using System.Text.Json.Nodes;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed class The_chart
{
    public static TheoryData<string> Sets => ["minimal", "production", "dapr"];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Is_clean_to_helms_own_eye(string set)
    {
        var outcome = await Helm.RunAsync("lint", ".", "--strict", "-f", $"values/{set}.yaml");

        outcome.Succeeded().Should().Contain("1 chart(s) linted, 0 chart(s) failed").And.NotContain("[WARNING]");
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Makes_only_objects_that_keep_the_law(string set)
    {
        var objects = await Helm.RenderAsync(set);

        ChartLaw.Breaches(objects).Should().BeEmpty();
        objects.Of("Deployment").Should().HaveCount(7, "six services and the gateway");
    }

    // Each line breaks the rendered objects in one place. The intended rule must find it.
    [Theory]
    [InlineData("probes", "Deployment/tt-twintrack-payments", "spec.template.spec.containers.0.readinessProbe", null)]
    [InlineData("probes", "Deployment/tt-twintrack-payments",
        "spec.template.spec.containers.0.livenessProbe.httpGet.path", "\"/health/ready\"")]
    [InlineData("resources", "Deployment/tt-twintrack-routing", "spec.template.spec.containers.0.resources.limits",
        null)]
    [InlineData("containers", "Deployment/tt-twintrack-gateway",
        "spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem", "false")]
    [InlineData("containers", "Job/tt-twintrack-migrate-payments",
        "spec.template.spec.containers.0.securityContext.capabilities.add", "[\"NET_ADMIN\"]")]
    [InlineData("pods", "Deployment/tt-twintrack-gateway", "spec.template.spec.automountServiceAccountToken", "true")]
    [InlineData("pods", "Job/tt-twintrack-migrate-payments", "spec.template.spec.securityContext.runAsNonRoot", null)]
    [InlineData("images", "Deployment/tt-twintrack-gateway", "spec.template.spec.containers.0.image",
        "\"registry.example.org/gateway:latest\"")]
    [InlineData("selectors", "Service/tt-twintrack-payments", "spec.selector",
        "{\"app.kubernetes.io/component\":\"routing\"}")]
    [InlineData("selectors", "PodDisruptionBudget/tt-twintrack-payments", "spec.selector.matchLabels", "{}")]
    [InlineData("ports", "Service/tt-twintrack-payments", "spec.ports.0.targetPort", "\"web\"")]
    [InlineData("ports", "Service/tt-twintrack-payments", "spec.ports.0.port", "80")]
    [InlineData("ports", "Ingress/tt-twintrack-gateway", "spec.rules.0.http.paths.0.backend.service.name",
        "\"tt-twintrack-console\"")]
    [InlineData("references", "HorizontalPodAutoscaler/tt-twintrack-gateway", "spec.scaleTargetRef.name",
        "\"gateway\"")]
    [InlineData("references", "Deployment/tt-twintrack-gateway", "spec.replicas", "2")]
    [InlineData("volumes", "Deployment/tt-twintrack-providers", "spec.template.spec.containers.0.volumeMounts.0", null)]
    [InlineData("secrets", "Deployment/tt-twintrack-providers", "spec.template.spec.containers.0.env.0.value",
        "\"Host=db;Password=x\"")]
    [InlineData("leave", "Deployment/tt-twintrack-providers", "spec.template.spec.terminationGracePeriodSeconds", "20")]
    [InlineData("names", "Service/tt-twintrack-payments", "metadata.name", "\"tt-twintrack-routing\"")]
    public async Task Has_a_law_that_bites(string rule, string title, string path, string? value)
    {
        var objects = await Helm.RenderAsync("production");
        Spoil(objects.All.Single(one => one.Title == title), path, value);

        ChartLaw.Breaches(objects).Should().Contain(breach => breach.StartsWith(rule + ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gives_payee_keys_to_their_two_services_and_the_private_key_to_the_gateway()
    {
        var objects = await Helm.RenderAsync("production");

        string[] Holding(string setting) => [.. objects.Containers
            .Where(one => one.Container.List("env").Any(env => (string)env["name"]! == setting))
            .Select(one => (string)one.Container["name"]!).Order()];
        Holding("keys__payee").Should().Equal("enrolments", "providers");
        Holding("keys__connections").Should().Equal("providers");
        Holding("keys__subscribers").Should().Equal("payments");
        Holding("auth__privateKey").Should().Equal("gateway");
        objects.Pods.Where(
            pod => pod.Pod.List("spec.volumes").SelectMany(volume => volume.List("secret.items"))
                .Any(item => (string?)item["key"] == "token.pem"))
            .Select(pod => pod.Owner.Name).Should().Equal("tt-twintrack-gateway");
    }

    [Fact]
    public async Task Migrates_every_database_as_its_owner_before_anything_is_changed()
    {
        var objects = await Helm.RenderAsync("production");

        var jobs = objects.Of("Job").ToList();
        jobs.Should().HaveCount(7).And.OnlyContain(
            job => (string?)job.At("metadata.annotations")!["helm.sh/hook"] == "pre-install,pre-upgrade");
        foreach (var job in jobs)
        {
            var container = job.At("spec.template.spec.containers.0")!;
            container["args"]!.ToJsonString().Should().Be("[\"migrate\"]");
            var settings = container.List("env").Where(env => env["valueFrom"] is not null).ToList();
            settings.Should().ContainSingle().Which.At("valueFrom.secretKeyRef.name")!.ToString().Should()
                .Be("twintrack-migrations");
            objects.Of("Deployment").SelectMany(one => one.Texts()).Should()
                .NotContain("twintrack-migrations", "a running service is not the owner of its tables");
        }
    }

    [Fact]
    public async Task Opens_only_the_gateway_to_the_world()
    {
        var objects = await Helm.RenderAsync("production");

        objects.Of("Ingress").Should().ContainSingle().Which.List("spec.rules.0.http.paths").Should().ContainSingle()
            .Which.At("backend.service.name")!.ToString().Should().Be("tt-twintrack-gateway");
        objects.Of("Service").Should().OnlyContain(one => (string?)one.At("spec.type") == "ClusterIP");
    }

    [Fact]
    public async Task Carries_the_alerts_word_for_word()
    {
        var rule = (await Helm.RenderAsync("production")).Of("PrometheusRule").Should().ContainSingle().Which;

        var written = Yaml.Documents(File.ReadAllText(Path.Combine(Helm.Chart, "alerts", "rules.yaml"))).Single();
        rule["spec"]!.ToJsonString().Should().Be(written.ToJsonString());
        written.List("groups").Should().NotBeEmpty();
    }

    private static void Spoil(JsonObject one, string path, string? value)
    {
        var cut = path.LastIndexOf('.');
        var (parent, last) = (one.At(path[..cut])!, path[(cut + 1)..]);
        switch (parent)
        {
            case JsonArray list:
                list.RemoveAt(int.Parse(last, CultureInfo.InvariantCulture));
                break;
            case JsonObject mapping when value is null:
                mapping.Remove(last).Should().BeTrue("there must be something to spoil");
                break;
            case JsonObject mapping:
                mapping[last] = JsonNode.Parse(value);
                break;
        }
    }
}
