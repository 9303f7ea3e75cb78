using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TwinTrack.Running;

/// <summary>
/// A separate RabbitMQ node. It has its own node name, cookie and database folder, and loopback ports. Its port mapper
/// (epmd) has a separate port too. So it never touches another node on the machine.
/// </summary>
internal sealed class RabbitNode : NamedProcess
{
    private const string Node = "twintrack@localhost";
    public const string User = "twintrack";
    private const long DiskFreeMinBytes = 200L * 1024 * 1024;

    /// <summary>
    /// The first bytes of an AMQP 0-9-1 client. A serving broker answers them. A starting broker does not listen yet.
    /// </summary>
    private static readonly byte[] Hello = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];

    /// <summary>
    /// Makes every quorum queue without a leader elect one, and says how many there were. A node that is alone and was
    /// killed now and then leaves a queue waiting for others for ever (rabbitmq-server issue 10070).
    /// </summary>
    private const string Elect =
        "length([ra:trigger_election({N, node()}) || Q <- rabbit_amqqueue:list_local_quorum_queues(), {N, _} <- "
            + "[amqqueue:get_pid(Q)], "
        + "ra_leaderboard:lookup_leader(N) =:= undefined]).";

    /// <summary>A question that hangs is asked again, as long as the node lives.</summary>
    private static readonly TimeSpan ControlPatience = TimeSpan.FromSeconds(60);

    private readonly ServerFolder _folder;
    private readonly string _password;
    private readonly string _cookie;
    private readonly int _mapperPort = FreePort.NextEndPoint().Port;
    private readonly int _nodePort = FreePort.NextEndPoint().Port;
    private ChildProcess? _mapper;

    private RabbitNode(ServerFolder folder, ServerSecret secret, string logFolder)
        : base("rabbitmq", logFolder)
    {
        _folder = folder;
        _password = secret.PasswordOf("rabbitmq");
        _cookie = secret.PasswordOf("erlang")[..32];
    }

    public IPEndPoint Address { get; } = FreePort.NextEndPoint();

    public string Folder => _folder.Path;

    /// <param name="data">The system's data folder; the node's is in it.</param>
    /// <param name="secret">Where its user's password and its cookie come from.</param>
    /// <param name="logFolder">Where its log goes.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<RabbitNode> InAsync(
        string data, ServerSecret secret, string logFolder, CancellationToken cancel) =>
        new(await ServerFolder.MakeAsync(data, "rabbitmq", "rabbitmq", cancel), secret, logFolder);

    /// <summary>The connection string of services that see the broker at this address.</summary>
    public string At(IPEndPoint address) => $"amqp://{User}:{_password}@{address}/";

    /// <summary>Asks <c>rabbitmqctl</c>, e.g. <c>list_queues name messages</c>; gives what it printed.</summary>
    public async Task<string> ControlAsync(CancellationToken cancel, params string[] arguments)
    {
        var start = Own(_folder.Describe(ServerPackage.Rabbit.Find("rabbitmqctl")!, arguments));
        return (await CommandRun.RunAsync(start, ControlPatience, cancel)).Succeeded();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_mapper is not null)
        {
            await _mapper.DisposeAsync();
            _mapper = null;
        }
    }

    protected override async Task<ProcessStartInfo> DescribeAsync(CancellationToken cancel)
    {
        var program = ServerPackage.Rabbit.Find("rabbitmq-server")
            ?? throw new CannotRunException($"RabbitMQ is not installed. {ServerPackage.Rabbit.Advice}");
        await WriteAsync("home/.erlang.cookie", _cookie, cancel);
        await WriteAsync("enabled_plugins", "[].\n", cancel);
        await WriteAsync(
            "rabbitmq.conf",
            $"""
            listeners.tcp.1 = {Address}
            default_user = {User}
            default_pass = {_password}
            log.console = true
            log.file = false
            disk_free_limit.absolute = {DiskFreeMinBytes}

            """,
            cancel);
        await StartMapperAsync(cancel);
        return Own(_folder.Describe(program, []));
    }

    /// <summary>It answers, and every queue has a leader.</summary>
    protected override async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            return await AnswersAsync(cancel) && (await ControlAsync(cancel, "eval", Elect)).Trim() == "0";
        }
        catch (CannotRunException)
        {
            // The node has not started far enough, or it has ended. The waiting caller notices that.
            return false;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(Address, cancel);
            await socket.GetStream().WriteAsync(Hello, cancel);
            return await socket.GetStream().ReadAsync(new byte[8], cancel) > 0;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            // Not listening yet.
            return false;
        }
    }

    /// <summary>Runs in the foreground as our child. The mapper that Erlang starts by itself would never end.</summary>
    private async Task StartMapperAsync(CancellationToken cancel)
    {
        if (_mapper is { HasExited: false })
        {
            return;
        }

        _mapper = ChildProcess.Start(
            "epmd", _folder.Describe(ServerPackage.Rabbit.Find("epmd")!,
                ["-port", Invariant($"{_mapperPort}"), "-address", "127.0.0.1"]), LogFolder);
        await _mapper.ReadyAsync(
            async stop =>
            {
                using var socket = new TcpClient();
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, _mapperPort, stop);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            cancel);
    }

    private ProcessStartInfo Own(ProcessStartInfo start)
    {
        (string Name, string Value)[] settings =
        [
            ("HOME", Path.Combine(_folder.Path, "home")),
            ("ERL_EPMD_PORT", Invariant($"{_mapperPort}")),
            ("RABBITMQ_NODENAME", Node),
            ("RABBITMQ_DIST_PORT", Invariant($"{_nodePort}")),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder.Path, "mnesia")),
            ("RABBITMQ_LOG_BASE", Path.Combine(_folder.Path, "log")),
            ("RABBITMQ_PID_FILE", Path.Combine(_folder.Path, "pid")),
            ("RABBITMQ_CONFIG_FILE", Path.Combine(_folder.Path, "rabbitmq.conf")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder.Path, "enabled_plugins")),
            // The machine's own settings are for the machine's own node.
            ("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
        ];
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task WriteAsync(string name, string text, CancellationToken cancel)
    {
        var path = Path.Combine(_folder.Path, name);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            await _folder.HandOverFolderAsync(folder, cancel);
        }

        File.Delete(path);
        await File.WriteAllTextAsync(path, text, cancel);
        await _folder.HandOverAsync(path, cancel);
    }
}
