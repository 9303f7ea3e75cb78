using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Proving.Bench;

/// <summary>
/// A provider that calls back as fast as it is answered. Each connection has one callback under way. Callbacks are
/// signed beforehand, so that the client uses little processor time.
/// </summary>
/// <param name="target">The Providers process.</param>
/// <param name="path">Of the channel's callbacks.</param>
/// <param name="secret">The channel's, as text.</param>
/// <param name="orders">What the callbacks are about, one after the other.</param>
internal sealed class WebhookStorm(Uri target, string path, string secret, IReadOnlyList<Guid> orders)
{
    private const int BodyBytes = 300;
    private static readonly byte[] End = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Taken = "HTTP/1.1 204"u8.ToArray();

    /// <param name="Accepted">Answered with 204.</param>
    /// <param name="Refused">Answered otherwise.</param>
    /// <param name="Seconds">From the first byte sent to the last answer.</param>
    /// <param name="Median">Milliseconds of one callback.</param>
    /// <param name="P99">Milliseconds that 99 of 100 did not exceed.</param>
    internal sealed record Outcome(int Accepted, int Refused, double Seconds, double Median, double P99)
    {
        public double PerSecond => Accepted / Seconds;
    }

    /// <param name="messages">How many, each with an id of its own.</param>
    /// <param name="connections">How many callbacks are under way at once.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<Outcome> RunAsync(int messages, int connections, CancellationToken cancel)
    {
        var signed = Sign(messages);
        var next = -1;
        var took = new double[messages];
        var refused = 0;
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(target.Host, target.Port, cancel);
                var answer = new byte[4 * 1024];
                for (var index = Interlocked.Increment(ref next); index < messages; index =
                    Interlocked.Increment(ref next))
                {
                    var sent = clock.GetTimestamp();
                    await socket.SendAsync(signed[index], cancel);
                    if (!await IsTakenAsync(socket, answer, cancel))
                    {
                        Interlocked.Increment(ref refused);
                    }

                    took[index] = clock.GetElapsedTime(sent).TotalMilliseconds;
                }
            },
            cancel)));
        var seconds = clock.GetElapsedTime(begun).TotalSeconds;
        Array.Sort(took);
        return new Outcome(messages - refused, refused, seconds, took[messages / 2],
            took[Math.Min(messages - 1, messages * 99 / 100)]);
    }

    /// <summary>
    /// An accepted answer has no body, so it ends with its head. An answer with a body is a refusal and ends the run.
    /// </summary>
    private static async Task<bool> IsTakenAsync(Socket socket, byte[] answer, CancellationToken cancel)
    {
        var length = 0;
        while (answer.AsSpan(0, length).IndexOf(End) < 0)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancel);
            if (read == 0 || length + read == answer.Length)
            {
                throw new IOException("The server closed the connection, or said more than it should.");
            }

            length += read;
        }

        return answer.AsSpan(0, length).StartsWith(Taken)
            ? true
            : throw new IOException($"Refused: {Encoding.ASCII.GetString(answer, 0, Math.Min(length, 200))}");
    }

    private List<byte[]> Sign(int messages)
    {
        var key = StandardWebhooks.ReadSecret(secret)!;
        var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("n");
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Enumerable.Range(0, messages).Select(index =>
        {
            var id = Invariant($"msg_{run}_{index}");
            var (order, filler) = (orders[index % orders.Count], new string('x', BodyBytes - 110));
            var data = $$"""{"reference":"{{order:n}}","status":"completed","text":"{{filler}}"}""";
            var body = Encoding.ASCII.GetBytes($$"""{"type":"transaction.updated","data":{{data}}}""");
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: {target.Authority}\r\nContent-Type: "
                    + $"application/json\r\nContent-Length: {body.Length}\r\n{StandardWebhooks.IdHeader}: "
                    + $"{id}\r\n{StandardWebhooks.TimestampHeader}: {at}\r\n{StandardWebhooks.SignatureHeader}: "
                    + $"{StandardWebhooks.Sign(key, id, at, body)}\r\n\r\n");
            return (byte[])[.. Encoding.ASCII.GetBytes(head), .. body];
        }).ToList();
    }
}
