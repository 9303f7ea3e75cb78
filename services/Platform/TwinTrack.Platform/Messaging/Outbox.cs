using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MassTransit;
using TwinTrack.Kernel;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// A message on its way to one service. The row is inserted in the transaction that caused it. It is deleted when the
/// consumer's receipt confirms that the effect is committed. Until then it is sent repeatedly.
/// </summary>
public sealed class OutboxMessage
{
    public required Guid MessageId { get; init; }

    /// <summary>The queue, e.g. <c>payments.entitlement-chunk</c>.</summary>
    public required string Destination { get; init; }

    /// <summary>
    /// The contract's full name; contracts are versioned by namespace, so a name never changes its meaning.
    /// </summary>
    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>W3C trace context of its cause, so that one payment can be followed across services.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// When it may be sent (again). A future time means that a copy of the service is sending it, or that it is on its
    /// way.
    /// </summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>How often it was handed to the broker.</summary>
    public int Attempts { get; set; }
}

/// <summary>
/// A message whose effect is committed here. Kept for ever, because a message may come again after any time.
/// </summary>
public sealed class InboxMessage
{
    public required Guid MessageId { get; init; }

    public required string Consumer { get; init; }

    public required DateTimeOffset HandledAt { get; init; }
}

/// <summary>Tells the sender that a message's effect is committed.</summary>
/// <remarks>The message name is fixed here. Otherwise MassTransit would derive it from the namespace.</remarks>
[MessageUrn("TwinTrack.Platform:Receipt")]
public sealed record Receipt(Guid MessageId, string Destination);

/// <summary>
/// A message travels with its version, the last part of the namespace. The type's name contains it. That name stands in
/// the outbox row and in the bus's envelope.
/// </summary>
internal static partial class MessageVersion
{
    /// <summary>
    /// <c>TwinTrack.Contracts.Payments.V1.BatchClosed</c> is <c>TwinTrack.Contracts.Payments.BatchClosed</c>,
    /// <c>V1</c>. Without a version the second part is empty.
    /// </summary>
    public static (string Name, string Version) Split(string type) =>
        Versioned().Match(type) is { Success: true } parts
            ? ($"{parts.Groups[1].Value}.{parts.Groups[3].Value}", parts.Groups[2].Value) : (type, "");

    [GeneratedRegex(@"^(.+)\.(V[0-9]{1,4})\.([^.]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Versioned();
}

/// <summary>Which services consume each contract. Built by the host from the contracts' topology.</summary>
public sealed class MessageRoutes(IEnumerable<(Type Message, string From, string[] To)> arrows)
{
    private readonly Dictionary<Type, (string From, string[] To)> _arrows =
        arrows.ToDictionary(arrow => arrow.Message, arrow => (arrow.From, arrow.To));

    /// <summary>Most letters kept of an unknown type's name, because the name comes from outside.</summary>
    private const int TypeMax = 120;

    private readonly HashSet<Assembly> _assemblies = [.. arrows.Select(arrow => arrow.Message.Assembly)];

    internal IEnumerable<string> Destinations(Type message) =>
        _arrows.TryGetValue(message, out var arrow)
            ? arrow.To.Select(service => Queue(service, message))
            : throw new InvalidOperationException($"{message} is not in the topology.");

    /// <summary>Whether the type is a message, or a part of one.</summary>
    internal bool IsContract(Type type) => type == typeof(Receipt) || _assemblies.Contains(type.Assembly);

    /// <summary>
    /// Why this build cannot read a message: its type and version are not known, or a member is not its contract's.
    /// Null when it can be read.
    /// </summary>
    internal string? WhyUnreadable(string type, string body)
    {
        if (TypeOf(type) is not { } known)
        {
            return WhyUnknown(type[..Math.Min(type.Length, TypeMax)]);
        }

        try
        {
            JsonSerializer.Deserialize(body, known, MessageJson.Options);
            return null;
        }
        catch (JsonException fault)
        {
            return fault.Kind();
        }
    }

    /// <summary>A message of another version is told from a message that nobody sends here.</summary>
    private string WhyUnknown(string type)
    {
        var (name, version) = MessageVersion.Split(type);
        var accepted = _arrows.Keys.Select(known => MessageVersion.Split(known.FullName!))
            .Where(known => known.Name == name).Select(known => known.Version).Order(StringComparer.Ordinal).ToList();
        return version.Length == 0 || accepted.Count == 0
            ? $"UnknownType {type}"
            : $"UnknownVersion {name}: found {version}, accepted {string.Join(", ", accepted)}";
    }

    internal Type? TypeOf(string fullName) => _arrows.Keys.SingleOrDefault(type => type.FullName == fullName);

    internal static string Queue(string service, Type message) =>
        $"{service}.{Word.OfName(message.Name).Replace('_', '-')}";

    internal static string ReceiptsOf(string service) => $"{service}.receipts";
}

/// <summary>
/// Every message leaves a service through its outbox. Nothing is sent before the transaction commits.
/// </summary>
public sealed class Outbox<TDb>(TDb db, MessageRoutes routes, TimeProvider clock)
    where TDb : ServiceDb
{
    /// <summary>A larger message body is a bug in the chunking.</summary>
    private const int BodyMaxBytes = 1024 * 1024;

    public void Send<TMessage>(TMessage message)
        where TMessage : class
    {
        StepSpan.Worked();
        var now = clock.GetUtcNow();
        var id = clock.NewId();
        var body = JsonSerializer.Serialize(message, message.GetType(), MessageJson.Options);
        if (body.Length > BodyMaxBytes)
        {
            throw new InvalidOperationException($"{typeof(TMessage).Name} of {body.Length} characters: chunk it.");
        }

        foreach (var destination in routes.Destinations(message.GetType()))
        {
            db.Outbox.Add(new OutboxMessage
            {
                MessageId = id,
                Destination = destination,
                Type = message.GetType().FullName!,
                Body = body,
                TraceParent = TraceContext.Current,
                DueAt = now,
            });
        }
    }
}
