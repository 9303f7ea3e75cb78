using System.Net;
using System.Net.Sockets;
using TwinTrack.Proving.Chaos;

namespace TwinTrack.EndToEnd.Tests.Chaos;

/// <summary>What passes between two programs, and how it is spoilt. The program behind says everything back.</summary>
public sealed class A_tcp_proxy : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TcpListener _behind = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private TcpProxy _proxy = null!;
    private Task _echoing = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        _behind.Start();
        _proxy = TcpProxy.To("way", (IPEndPoint)_behind.LocalEndpoint);
        _echoing = EchoAsync();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _stop.CancelAsync();
        _behind.Stop();
        await _echoing;
    }

    [Fact]
    public async Task Hands_on_what_is_said_in_both_directions()
    {
        using var caller = await ConnectAsync();
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);

        var sending = caller.SendAsync(bytes);

        (await ReadAsync(caller, bytes.Length)).Should().Equal(bytes);
        (await sending).Should().Be(bytes.Length);
    }

    [Fact]
    public async Task Tells_the_end_of_what_one_side_says()
    {
        using var caller = await ConnectAsync();
        await caller.SendAsync(new byte[3]);
        caller.Shutdown(SocketShutdown.Send);

        (await ReadAsync(caller, 3)).Should().HaveCount(3);
        (await caller.ReceiveAsync(new byte[1])).Should().Be(0);
    }

    [Fact]
    public async Task Cuts_with_a_reset()
    {
        using var caller = await ConnectAsync();
        await SayAsync(caller, 1);

        _proxy.CutAll().Should().Be(1);

        await ShouldBeResetAsync(caller);
        _proxy.Resets.Should().Be(1);
    }

    [Fact]
    public async Task Goes_on_with_new_connections_after_a_cut()
    {
        using (var former = await ConnectAsync())
        {
            await SayAsync(former, 1);
            _proxy.CutAll();
        }

        using var caller = await ConnectAsync();
        await SayAsync(caller, 10);
    }

    [Fact]
    public async Task Swallows_and_then_loses_what_it_swallowed()
    {
        using var caller = await ConnectAsync();
        await SayAsync(caller, 1);
        _proxy.Become(new NetworkCondition.Silent());

        await caller.SendAsync(new byte[5]);
        caller.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectRead).Should().BeFalse("nothing comes back");
        _proxy.Become(new NetworkCondition.Normal());

        await ShouldBeResetAsync(caller);
    }

    [Fact]
    public async Task Delays()
    {
        using var caller = await ConnectAsync();
        _proxy.Become(new NetworkCondition.Slow(TimeSpan.FromMilliseconds(200)));
        var started = TimeProvider.System.GetTimestamp();

        await SayAsync(caller, 1);

        TimeProvider.System.GetElapsedTime(started).Should()
            .BeGreaterThan(TimeSpan.FromMilliseconds(390), "once there and once back");
    }

    [Fact]
    public async Task Cuts_after_so_many_bytes()
    {
        _proxy.Become(new NetworkCondition.Short(1_000));
        using var caller = await ConnectAsync();

        await SayAsync(caller, 600);
        await caller.SendAsync(new byte[600]);

        await ShouldBeResetAsync(caller);
    }

    [Fact]
    public async Task Lets_nobody_in_while_it_refuses()
    {
        _proxy.Become(new NetworkCondition.Refusing());

        await ShouldBeTurnedAwayAsync();
    }

    [Fact]
    public async Task Resets_who_calls_when_nobody_is_behind()
    {
        _behind.Stop();

        await ShouldBeTurnedAwayAsync();
    }

    /// <summary>The reset may come while the connection is still being made, or right after it.</summary>
    private async Task ShouldBeTurnedAwayAsync()
    {
        var calling = async () =>
        {
            using var caller = await ConnectAsync();
            await caller.ReceiveAsync(new byte[1]);
        };

        (await calling.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should()
            .Be(SocketError.ConnectionReset);
    }

    private async Task<Socket> ConnectAsync()
    {
        var caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(_proxy.Address);
        return caller;
    }

    private static async Task SayAsync(Socket caller, int bytes)
    {
        await caller.SendAsync(new byte[bytes]);
        (await ReadAsync(caller, bytes)).Should().HaveCount(bytes);
    }

    private static async Task<byte[]> ReadAsync(Socket caller, int bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        var read = new byte[bytes];
        for (var at = 0; at < bytes;)
        {
            var piece = await caller.ReceiveAsync(read.AsMemory(at), limit.Token);
            piece.Should().BePositive("the connection must not end");
            at += piece;
        }

        return read;
    }

    private static async Task ShouldBeResetAsync(Socket caller)
    {
        using var limit = new CancellationTokenSource(Patience);
        var reading = async () =>
        {
            while (await caller.ReceiveAsync(new byte[4_096], limit.Token) > 0)
            {
                // What had passed before.
            }
        };
        (await reading.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should()
            .Be(SocketError.ConnectionReset);
    }

    private async Task EchoAsync()
    {
        try
        {
            while (true)
            {
                var caller = await _behind.AcceptSocketAsync(_stop.Token);
                _ = AnswerAsync(caller);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(Socket caller)
    {
        using (caller)
        {
            try
            {
                var piece = new byte[8_192];
                while (await caller.ReceiveAsync(piece, _stop.Token) is > 0 and var read)
                {
                    await caller.SendAsync(piece.AsMemory(0, read), _stop.Token);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException)
            {
                // Cut, as is the point here.
            }
        }
    }
}
