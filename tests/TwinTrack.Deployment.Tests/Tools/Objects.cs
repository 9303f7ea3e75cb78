using System.Globalization;
using System.Text.Json.Nodes;

namespace TwinTrack.Deployment.Tests.Tools;

/// <summary>What a chart makes: Kubernetes objects, and the questions that tests have about them.</summary>
internal sealed class Objects(List<JsonObject> all)
{
    internal IReadOnlyList<JsonObject> All => all;

    internal IEnumerable<JsonObject> Of(params string[] kinds) => all.Where(one => kinds.Contains(one.Kind));

    internal JsonObject One(string kind, string name) => all.Single(one => one.Kind == kind && one.Name == name);

    /// <summary>Everything that runs pods.</summary>
    internal IEnumerable<(JsonObject Owner, JsonObject Pod)> Pods =>
        Of("Deployment", "Job").Select(owner => (owner, owner.At("spec.template")!.AsObject()));

    internal IEnumerable<(JsonObject Owner, JsonObject Pod, JsonObject Container)> Containers =>
        Pods.SelectMany(
            pod => pod.Pod.List("spec.containers").Concat(pod.Pod.List("spec.initContainers"))
                .Select(container => (pod.Owner, pod.Pod, container)));

    /// <summary>The pods that a label selector fits.</summary>
    internal IEnumerable<JsonObject> Selected(JsonNode? matchLabels) => Pods
        .Where(pod => matchLabels is JsonObject wanted
            && wanted.All(label => (string?)pod.Pod.At("metadata.labels")![label.Key] == (string?)label.Value))
        .Select(pod => pod.Owner);

    internal Objects Copy() => new([.. all.Select(one => one.DeepClone().AsObject())]);
}

internal static class JsonReading
{
    extension(JsonObject one)
    {
        internal string Kind => (string)one["kind"]!;

        internal string Name => (string)one.At("metadata.name")!;

        /// <summary>For messages.</summary>
        internal string Title => $"{one.Kind}/{one.Name}";
    }

    extension(JsonNode node)
    {
        /// <summary>The value at a path of names and positions divided by dots, or null.</summary>
        internal JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)node, static (at, step) => at switch
        {
            JsonObject mapping => mapping[step],
            JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < list.Count =>
                list[index],
            _ => null,
        });

        internal IEnumerable<JsonObject> List(string path) =>
            node.At(path) is JsonArray list ? list.OfType<JsonObject>() : [];

        /// <summary>Every text in it.</summary>
        internal IEnumerable<string> Texts() => node switch
        {
            JsonObject mapping => mapping.SelectMany(pair => pair.Value?.Texts() ?? []),
            JsonArray list => list.SelectMany(item => item?.Texts() ?? []),
            JsonValue value when value.TryGetValue(out string? text) => [text],
            _ => [],
        };
    }
}
