using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TwinTrack.Platform.Messaging;

/// <summary>A message from the queue, read without trusting it.</summary>
/// <param name="MessageId">
/// The sender's id. For an unreadable message it is derived from queue and bytes, so repeats give one dead letter.
/// </param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Reason">Types of the fault.</param>
/// <param name="Sender">The service that sent it, if it says so.</param>
/// <param name="Type">The contract's full name; null when it cannot be read.</param>
/// <param name="Body">The message without the bus's envelope; null when it cannot be read.</param>
/// <param name="Bytes">Size as it came.</param>
/// <param name="Sha256">Of what came, 64 hex digits.</param>
internal sealed record FailedMessage(
    Guid MessageId, string Queue, string Reason, string? Sender, string? Type, string? Body, int Bytes, string Sha256)
{
    /// <summary>
    /// Far above the outbox's own bound, with room for the envelope. A larger message is not ours and is not stored.
    /// </summary>
    private const int BodyMaxBytes = 4 * 1024 * 1024;

    private const string TypePrefix = "urn:message:";

    public static FailedMessage Of(byte[] bytes, string queue, string reason)
    {
        var hash = SHA256.HashData(bytes);
        var id = new Guid(SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(queue)]).AsSpan(0, 16));
        var unread =
            new FailedMessage(id, queue, reason, null, null, null, bytes.Length, Convert.ToHexStringLower(hash));
        if (bytes.Length > BodyMaxBytes)
        {
            return unread;
        }

        try
        {
            using var json = JsonDocument.Parse(bytes);
            var envelope = json.RootElement;
            var type = envelope.GetProperty("messageType")[0].GetString()!;
            return unread with
            {
                MessageId = envelope.GetProperty("messageId").GetGuid(),
                Sender = envelope.TryGetProperty("headers", out var headers)
                    && headers.TryGetProperty(MessageHeader.From, out var from) ? from.GetString() : null,
                Type = (type.StartsWith(TypePrefix, StringComparison.Ordinal)
                    ? type[TypePrefix.Length..] : type).Replace(':', '.'),
                Body = envelope.GetProperty("message").GetRawText(),
            };
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
                or IndexOutOfRangeException)
        {
            return unread;
        }
    }

    public DeadLetter ToRow(DateTimeOffset now) => new()
    {
        MessageId = MessageId,
        Queue = Queue,
        Sender = Sender,
        Type = Type,
        Body = Body,
        Bytes = Bytes,
        Sha256 = Sha256,
        Reason = Reason,
        FirstAt = now,
        LastAt = now,
    };
}
