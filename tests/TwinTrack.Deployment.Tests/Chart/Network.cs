using System.Text.Json.Nodes;
using TwinTrack.Contracts;
using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

/// <summary>One way that is open: from a component or an outside, to a component or an outside, at a port.</summary>
internal sealed record Arrow(string From, string To, int Port)
{
    public override string ToString() => $"{From} -> {To}:{Port}";
}

/// <summary>The arrows that rendered network policies open, and those that the architecture has.</summary>
internal static class Network
{
    private const string Component = "app.kubernetes.io/component";

    private static readonly string[] Services =
        [.. Topology.Arrows.SelectMany(arrow => arrow.To.Append(arrow.From)).Distinct()];

    /// <summary>
    /// The architecture: services send each other messages, which go through the broker; the gateway alone calls;
    /// Providers alone reach the outside.
    /// </summary>
    /// <param name="callPort">Where a service is called: its own port, or its sidecar's.</param>
    internal static IEnumerable<Arrow> Wanted(int callPort = 8080)
    {
        foreach (var component in Services.Append("gateway").Append("migrations"))
        {
            yield return new(component, "dns", 53);
            yield return new(component, "postgres", 5432);
        }

        foreach (var service in Services)
        {
            yield return new(service, "rabbitmq", 5672);
            yield return new("gateway", service, callPort);
        }

        yield return new("ingress", "gateway", 8080);
        yield return new("providers", "internet", 443);
        yield return new("payments", "internet", 443);
    }

    /// <summary>
    /// What is open between two components is what both ends allow; towards the outside, what the inner end allows.
    /// </summary>
    /// <param name="objects">The rendered chart.</param>
    /// <param name="outside">Names for peers that are not components, by a text in them.</param>
    internal static IEnumerable<Arrow> Open(Objects objects, IReadOnlyDictionary<string, string> outside)
    {
        var egress = Directed(objects, "egress", "to", outside).Select(way => new Arrow(way.Own, way.Peer, way.Port))
            .ToList();
        var ingress = Directed(objects, "ingress", "from", outside)
            .Select(way => new Arrow(way.Peer, way.Own, way.Port)).ToList();
        var inner = objects.Pods.Select(pod => (string)pod.Pod.At("metadata.labels")![Component]!).ToHashSet();
        var both = egress.Intersect(ingress);
        return [.. both, .. egress.Where(arrow => !inner.Contains(arrow.To)),
            .. ingress.Where(arrow => !inner.Contains(arrow.From))];
    }

    /// <summary>
    /// Ways that one end opens and the other does not: harmless, and a sign that somebody forgot something.
    /// </summary>
    internal static IEnumerable<Arrow> HalfOpen(Objects objects, IReadOnlyDictionary<string, string> outside)
    {
        var inner = objects.Pods.Select(pod => (string)pod.Pod.At("metadata.labels")![Component]!).ToHashSet();
        var egress = Directed(objects, "egress", "to", outside).Select(way => new Arrow(way.Own, way.Peer, way.Port))
            .Where(arrow => inner.Contains(arrow.To)).ToList();
        var ingress = Directed(objects, "ingress", "from", outside)
            .Select(way => new Arrow(way.Peer, way.Own, way.Port)).Where(arrow => inner.Contains(arrow.From)).ToList();
        return egress.Except(ingress).Concat(ingress.Except(egress));
    }

    /// <summary>Pods for which nothing is denied: no policy of theirs for this direction.</summary>
    internal static IEnumerable<string> Unguarded(Objects objects) =>
        from pod in objects.Pods
        from direction in new[] { "Ingress", "Egress" }
        where !objects.Of("NetworkPolicy").Any(policy =>
            policy.At("spec.policyTypes") is JsonArray types && types.Any(type => (string?)type == direction)
            && objects.Selected(policy.At("spec.podSelector.matchLabels")).Contains(pod.Owner))
        select $"{direction} of {pod.Owner.Title}";

    private static IEnumerable<(string Own, string Peer, int Port)> Directed(
        Objects objects, string direction, string side, IReadOnlyDictionary<string, string> outside) =>
        from policy in objects.Of("NetworkPolicy")
        from rule in policy.List($"spec.{direction}")
        from peer in Peers(rule, side, outside)
        from port in PortsOf(rule)
        from own in objects.Selected(policy.At("spec.podSelector.matchLabels"))
            .Select(owner => (string)owner.At("spec.template.metadata.labels")![Component]!).Distinct()
        select (own, peer, port);

    /// <summary>A rule without peers or ports is open to all of them.</summary>
    private static IEnumerable<string> Peers(JsonObject rule, string side, IReadOnlyDictionary<string, string> outside)
    {
        var peers = rule.List(side).ToList();
        return peers.Count == 0 ? ["anybody"] : peers.Select(peer =>
            (string?)peer.At("podSelector.matchLabels")?[Component]
            ?? outside.FirstOrDefault(known => peer.ToJsonString().Contains(known.Key, StringComparison.Ordinal)).Value
            ?? peer.ToJsonString());
    }

    private static IEnumerable<int> PortsOf(JsonObject rule)
    {
        var ports = rule.List("ports").ToList();
        return ports.Count == 0 ? [0] : ports.Select(port => (int)port["port"]!).Distinct();
    }
}
