using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

/// <summary>
/// What every object of the chart keeps to, as a table. A rule answers with one sentence for each breach.
/// </summary>
internal static partial class ChartLaw
{
    internal static readonly (string Rule, Func<Objects, IEnumerable<string>> Breaches)[] Table =
    [
        ("names", Names),
        ("probes", Probes),
        ("resources", Resources),
        ("containers", ContainerSecurity),
        ("pods", PodSecurity),
        ("images", Images),
        ("selectors", Selectors),
        ("ports", Ports),
        ("references", References),
        ("volumes", Volumes),
        ("secrets", Secrets),
        ("leave", Leave),
    ];

    private static readonly string[] ProbeNames = ["liveness", "readiness", "startup"];

    internal static IEnumerable<string> Breaches(Objects objects) =>
        Table.SelectMany(row => row.Breaches(objects).Select(breach => $"{row.Rule}: {breach}"));

    private static IEnumerable<string> Names(Objects objects) =>
        objects.All.GroupBy(one => one.Title).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key} is there {same.Count()} times")
        .Concat(objects.All.Where(one => one.Name.Length > 63).Select(one => $"{one.Title} is too long a name"))
        .Concat(objects.All.Where(one => (string?)one.At("metadata.labels.app")! is not null)
            .Select(one => $"{one.Title} has a label of nobody's"));

    private static IEnumerable<string> Probes(Objects objects) =>
        from container in objects.Containers
        where container.Owner.Kind == "Deployment"
        from probe in ProbeNames
        let path = (string?)container.Container.At($"{probe}Probe.httpGet.path")
        where path != "/health/" + probe switch { "liveness" => "live", "readiness" => "ready", _ => "started" }
        select $"{container.Owner.Title} has no sound {probe} probe";

    private static IEnumerable<string> Resources(Objects objects) =>
        from container in objects.Containers
        from path in new[] { "resources.requests.cpu", "resources.requests.memory", "resources.limits.memory" }
        where container.Container.At(path) is null
        select $"{container.Owner.Title} says nothing of {path}";

    private static IEnumerable<string> ContainerSecurity(Objects objects) =>
        from container in objects.Containers
        from wanted in new[]
        {
            ("allowPrivilegeEscalation", "false"), ("privileged", "false"), ("readOnlyRootFilesystem", "true"),
            ("capabilities.drop", "[\"ALL\"]"),
            ("capabilities.add", null),
        }
        where container.Container.At("securityContext." + wanted.Item1)?.ToJsonString() != wanted.Item2
        select $"{container.Owner.Title} must have {wanted.Item1} = {wanted.Item2 ?? "nothing"}";

    private static IEnumerable<string> PodSecurity(Objects objects) =>
        from pod in objects.Pods
        from wanted in new[]
        {
            ("securityContext.runAsNonRoot", "true"), ("securityContext.runAsUser", "1654"),
            ("securityContext.seccompProfile.type", "\"RuntimeDefault\""),
            ("automountServiceAccountToken", "false"), ("enableServiceLinks", "false"), ("hostNetwork", null),
            ("hostPID", null), ("hostIPC", null),
        }
        where pod.Pod.At("spec." + wanted.Item1)?.ToJsonString() != wanted.Item2
        select $"{pod.Owner.Title} must have {wanted.Item1} = {wanted.Item2 ?? "nothing"}";

    private static IEnumerable<string> Images(Objects objects) =>
        from container in objects.Containers
        let image = (string)container.Container["image"]!
        where !ImageName().IsMatch(image) || image.EndsWith(":latest", StringComparison.Ordinal)
        select $"{container.Owner.Title} runs {image}, which does not say which version";

    /// <summary>Everything that selects pods selects those of exactly one deployment, its own.</summary>
    private static IEnumerable<string> Selectors(Objects objects)
    {
        foreach (var (one, path) in objects.All.SelectMany(one => Paths(one).Select(path => (one, path))))
        {
            var selected = objects.Selected(one.At(path)).ToList();
            if (selected.Count != 1)
            {
                yield return $"{one.Title} selects {selected.Count} deployments by {path}";
            }
            else if (one.Kind != "NetworkPolicy" && selected[0].Name != one.Name)
            {
                yield return $"{one.Title} selects the pods of {selected[0].Name}";
            }
        }

        static IEnumerable<string> Paths(JsonObject one) => one.Kind switch
        {
            "Deployment" =>
                ["spec.selector.matchLabels",
                    "spec.template.spec.topologySpreadConstraints.0.labelSelector.matchLabels",
                    "spec.template.spec.topologySpreadConstraints.1.labelSelector.matchLabels"],
            "Service" => ["spec.selector"],
            "PodDisruptionBudget" => ["spec.selector.matchLabels"],
            _ => [],
        };
    }

    private static IEnumerable<string> Ports(Objects objects)
    {
        var services = objects.Of("Service").ToDictionary(one => one.Name);
        foreach (var (service, port) in services.Values.SelectMany(
            service => service.List("spec.ports").Select(port => (service, port))))
        {
            var open = objects.Selected(service.At("spec.selector"))
                .SelectMany(owner => owner.List("spec.template.spec.containers.0.ports"))
                .Select(open => (string)open["name"]!);
            if (!open.Contains((string?)port["targetPort"] ?? ""))
            {
                yield return $"{service.Title} leads to port {port["targetPort"]}, which no container opens";
            }
        }

        foreach (var (owner, _, container) in objects.Containers)
        {
            var open = container.List("ports").Select(port => (string)port["name"]!).ToList();
            foreach (var probe in ProbeNames.Where(
                probe => container.At($"{probe}Probe.httpGet.port") is { } port && !open.Contains((string)port!)))
            {
                yield return $"{owner.Title} has its {probe} probe at a port that is not open";
            }

            foreach (var address in container.List("env").Select(setting => (string?)setting["value"] ?? "")
                .Where(value => value.StartsWith("http://tt-", StringComparison.Ordinal)))
            {
                var uri = new Uri(address);
                if (!services.TryGetValue(uri.Host, out var callee)
                    || callee.List("spec.ports").All(port => (int)port["port"]! != uri.Port))
                {
                    yield return $"{owner.Title} calls {address}, where nobody listens";
                }
            }
        }

        foreach (var backend in objects.Of("Ingress").SelectMany(one => one.List("spec.rules"))
            .SelectMany(rule => rule.List("http.paths")).Select(path => path.At("backend.service")!))
        {
            if (!services.TryGetValue((string)backend["name"]!, out var service)
                || service.List("spec.ports").All(port => (string?)port["name"] != (string?)backend.At("port.name")))
            {
                yield return $"the ingress leads to {backend["name"]}, which is not there";
            }
        }
    }

    private static IEnumerable<string> References(Objects objects)
    {
        foreach (var (owner, pod) in objects.Pods.Where(
            pod => !objects.Of("ServiceAccount")
                .Any(account => account.Name == (string?)pod.Pod.At("spec.serviceAccountName"))))
        {
            yield return $"{owner.Title} runs as {pod.At("spec.serviceAccountName")}, which is not there";
        }

        foreach (var scaler in objects.Of("HorizontalPodAutoscaler", "ScaledObject"))
        {
            if (objects.Of("Deployment").SingleOrDefault(
                one => one.Name == (string?)scaler.At("spec.scaleTargetRef.name")) is not { } target)
            {
                yield return $"{scaler.Title} scales nothing";
            }
            else if (target.At("spec.replicas") is not null)
            {
                yield return $"{target.Title} has a number of copies of its own beside {scaler.Title}";
            }
        }

        foreach (var claim in objects.Pods.SelectMany(pod => pod.Pod.List("spec.volumes"))
            .Select(volume => (string?)volume.At("persistentVolumeClaim.claimName")).OfType<string>())
        {
            if (!objects.Of("PersistentVolumeClaim").Any(one => one.Name == claim))
            {
                yield return $"the volume {claim} is claimed and not made";
            }
        }
    }

    private static IEnumerable<string> Volumes(Objects objects)
    {
        foreach (var (owner, pod, container) in objects.Containers)
        {
            var made = pod.List("spec.volumes").Select(volume => (string)volume["name"]!).Order().ToList();
            var mounted = container.List("volumeMounts").Select(mount => (string)mount["name"]!).Order().ToList();
            if (!made.SequenceEqual(mounted))
            {
                yield return $"{owner.Title} makes volumes {string.Join(' ', made)} and mounts "
                    + $"{string.Join(' ', mounted)}";
            }

            foreach (var mount in container.List("volumeMounts").Where(
                mount => (string?)mount["mountPath"] is not ("/data" or "/tmp") && (bool?)mount["readOnly"] != true))
            {
                yield return $"{owner.Title} may write to {mount["mountPath"]}";
            }
        }
    }

    /// <summary>Secrets are referred to: none is made, and none is among the texts.</summary>
    private static IEnumerable<string> Secrets(Objects objects)
    {
        foreach (var secret in objects.Of("Secret"))
        {
            yield return $"{secret.Title} is made by the chart";
        }

        foreach (var (one, text) in objects.All.SelectMany(one => one.Texts().Select(text => (one, text)))
            .Where(pair => SecretText().IsMatch(pair.text)))
        {
            yield return $"{one.Title} holds '{text}'";
        }

        foreach (var (owner, _, container) in objects.Containers)
        {
            foreach (var setting in container.List("env")
                .Where(setting => setting["value"] is not null && SecretSetting().IsMatch((string)setting["name"]!)))
            {
                yield return $"{owner.Title} is given {setting["name"]} as text";
            }
        }
    }

    private static IEnumerable<string> Leave(Objects objects) =>
        from container in objects.Containers
        where container.Owner.Kind == "Deployment"
        let settings = container.Container.List("env")
            .ToDictionary(setting => (string)setting["name"]!, setting => (string?)setting["value"])
        let wanted = Seconds(settings["shutdown__drainSeconds"]) + Seconds(settings["shutdown__timeoutSeconds"])
        where (int?)container.Pod.At("spec.terminationGracePeriodSeconds") is not { } grace || grace <= wanted
        select Invariant($"{container.Owner.Title} is killed before its {wanted} s are over");

    private static int Seconds(string? setting) => int.Parse(setting!, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z0-9.:-]+(/[a-z0-9._-]+)+:[A-Za-z0-9._-]+(@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex ImageName();

    [GeneratedRegex(@"(?i)password=|amqps?://|-----BEGIN|://[^/@\s]+:[^/@\s]+@")]
    private static partial Regex SecretText();

    [GeneratedRegex(@"(?i)^(ConnectionStrings__|keys__(payee|connections))|password|_API_TOKEN")]
    private static partial Regex SecretSetting();
}
