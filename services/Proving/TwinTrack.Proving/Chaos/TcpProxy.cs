using System.Net;
using System.Net.Sockets;

namespace TwinTrack.Proving.Chaos;

/// <summary>The treatment of the bytes between two programs.</summary>
internal abstract record NetworkCondition
{
    /// <summary>They arrive.</summary>
    public sealed record Normal : NetworkCondition;

    /// <summary>
    /// No byte arrives and no error is reported. Connections are reset at the end, so that held bytes are lost, not
    /// late.
    /// </summary>
    public sealed record Silent : NetworkCondition;

    /// <summary>Who connects is reset at once.</summary>
    public sealed record Refusing : NetworkCondition;

    /// <summary>Each piece arrives later by this much.</summary>
    public sealed record Slow(TimeSpan By) : NetworkCondition;

    /// <summary>A connection is reset after so many bytes in one direction, with the last piece cut short.</summary>
    public sealed record Short(int Bytes) : NetworkCondition;
}

/// <summary>
/// A proxy between two programs on this machine that disturbs connections. A connection is reset (RST, linger 0),
/// silenced, slowed down, or cut after some bytes. Bytes are never changed or added, because TCP does not do that
/// either.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int PieceBytes = 32 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Passage> _open = [];
    private readonly IPEndPoint _target;
    private readonly Task _listening;
    private NetworkCondition _condition = new NetworkCondition.Normal();
    private TaskCompletionSource _changed = New();
    private long _resets;

    private TcpProxy(string name, IPEndPoint target)
    {
        (Name, _target) = (name, target);
        _listener.Start();
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>For people, e.g. <c>payments-postgres</c>.</summary>
    public string Name { get; }

    /// <summary>Where to connect instead of the target.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public Uri HttpAddress => new($"http://{Address}");

    /// <summary>Connections reset so far.</summary>
    public long Resets => Interlocked.Read(ref _resets);

    public static TcpProxy To(string name, IPEndPoint target) => new(name, target);

    public static TcpProxy To(string name, Uri target) =>
        new(name, new IPEndPoint(IPAddress.Parse(target.Host), target.Port));

    /// <summary>Takes effect from now on. Bytes that were held until now are lost with their connection.</summary>
    public void Become(NetworkCondition condition)
    {
        lock (_open)
        {
            var former = _condition;
            _condition = condition;
            if (former is NetworkCondition.Silent)
            {
                CutAll();
            }

            _changed.TrySetResult();
            _changed = New();
        }
    }

    /// <summary>Resets every open connection; gives how many.</summary>
    public int CutAll()
    {
        lock (_open)
        {
            var cut = _open.Count;
            foreach (var passage in _open.ToList())
            {
                Cut(passage);
            }

            return cut;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _listening;
        CutAll();
        _stop.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var caller = await _listener.AcceptSocketAsync(_stop.Token);
                _ = Task.Run(() => PassAsync(caller));
            }
            catch (Exception ended)
                when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The proxy stopped, or the caller left before it was accepted.
            }
        }
    }

    private async Task PassAsync(Socket caller)
    {
        var passage = new Passage(caller, new Socket(_target.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        lock (_open)
        {
            _open.Add(passage);
            if (_condition is NetworkCondition.Refusing || _stop.IsCancellationRequested)
            {
                Cut(passage);
                return;
            }
        }

        try
        {
            passage.Caller.NoDelay = passage.Target.NoDelay = true;
            await passage.Target.ConnectAsync(_target, _stop.Token);
            await Task.WhenAll(PumpAsync(passage, passage.Caller, passage.Target),
                PumpAsync(passage, passage.Target, passage.Caller));
            passage.Close(reset: false);
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The target is unreachable, or one side has closed. The other side gets a reset.
            Cut(passage);
        }

        lock (_open)
        {
            _open.Remove(passage);
        }
    }

    private async Task PumpAsync(Passage passage, Socket from, Socket to)
    {
        var piece = new byte[PieceBytes];
        var passed = 0L;
        while (true)
        {
            var read = await from.ReceiveAsync(piece, _stop.Token);
            var (condition, changed) = Now();
            while (condition is NetworkCondition.Silent)
            {
                await changed.WaitAsync(_stop.Token);
                (condition, changed) = Now();
            }

            if (condition is NetworkCondition.Slow(var by))
            {
                await Task.Delay(by, TimeProvider.System, _stop.Token);
            }

            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            if (condition is NetworkCondition.Short(var limit) && passed + read > limit)
            {
                await SendAsync(to, piece.AsMemory(0, (int)Math.Max(0, limit - passed)));
                Cut(passage);
                return;
            }

            await SendAsync(to, piece.AsMemory(0, read));
            passed += read;
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, _stop.Token)..];
        }
    }

    private (NetworkCondition Condition, Task Changed) Now()
    {
        lock (_open)
        {
            return (_condition, _changed.Task);
        }
    }

    private void Cut(Passage passage)
    {
        lock (_open)
        {
            if (_open.Remove(passage))
            {
                Interlocked.Increment(ref _resets);
                passage.Close(reset: true);
            }
        }
    }

    private sealed record Passage(Socket Caller, Socket Target)
    {
        public void Close(bool reset)
        {
            foreach (var socket in (Socket[])[Caller, Target])
            {
                if (reset)
                {
                    Reset(socket);
                }

                socket.Dispose();
            }
        }

        private static void Reset(Socket socket)
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // Closed by its own side already.
            }
        }
    }
}
