using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Platform.Tests.Servers;

/// <summary>
/// A RabbitMQ of the test's own: its own node name, cookie, folder and port mapper, all at free loopback ports, so that
/// it meets no other node. Absent, the tests say so aloud.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private const string Programs = "/usr/lib/rabbitmq/bin";

    /// <summary>
    /// A node that is alone and was killed now and then leaves a queue waiting for others for ever (rabbitmq-server
    /// issue 10070): it is told to elect itself.
    /// </summary>
    private const string Elect =
        "length([ra:trigger_election({N, node()}) || Q <- rabbit_amqqueue:list_local_quorum_queues(), {N, _} <- "
            + "[amqqueue:get_pid(Q)], "
        + "ra_leaderboard:lookup_leader(N) =:= undefined]).";

    private static readonly byte[] Hello = "AMQP\0\0\x09\x01"u8.ToArray();
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _cookie = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly int _port = FreePort.Next();
    private readonly int _nodePort = FreePort.Next();
    private readonly int _mapperPort = FreePort.Next();
    private string _folder = "";
    private Process? _mapper;
    private Process? _node;

    /// <summary>Null while the broker can be used; else why it cannot.</summary>
    public string? Absent { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Programs, "rabbitmq-server")))
        {
            Absent = "RabbitMQ is not installed: './twintrack test' installs it on Debian when it may.";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("twintrack-mq-").FullName;
        var cookie = Path.Combine(_folder, ".erlang.cookie");
        await File.WriteAllTextAsync(cookie, _cookie);
        if (!OperatingSystem.IsWindows())
        {
            // Erlang refuses a cookie that others may read.
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rabbitmq.conf"),
            Invariant($"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            loopback_users = none
            log.console = false
            disk_free_limit.absolute = 50MB

            """));
        // Erlang would start a port mapper by itself, and it would outlive everybody.
        _mapper = Start("/usr/bin/epmd", ["-port", Invariant($"{_mapperPort}"), "-address", "127.0.0.1"]);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder.Length > 0)
        {
            await KillAsync();
            _mapper!.Kill();
            await _mapper.WaitForExitAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>
    /// A connection string to a virtual host of this test's own. Skips the test aloud when there is no broker.
    /// </summary>
    public async Task<string> NewHostAsync(string name)
    {
        if (Absent is not null)
        {
            throw Xunit.Sdk.SkipException.ForSkip(Absent);
        }

        await ControlAsync("add_vhost", name);
        await ControlAsync("set_permissions", "-p", name, "guest", ".*", ".*", ".*");
        return Invariant($"amqp://guest:guest@127.0.0.1:{_port}/{name}");
    }

    /// <summary>
    /// Starts it, or starts it again on what it had; returns when it answers and its queues have leaders.
    /// </summary>
    public async Task StartAsync()
    {
        _node = Start(Path.Combine(Programs, "rabbitmq-server"), []);
        var started = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync() || (await ControlAsync("eval", Elect)).Trim() != "0")
        {
            if (_node.HasExited || TimeProvider.System.GetElapsedTime(started) > StartPatience)
            {
                throw new TimeoutException($"RabbitMQ did not come up; its log is in {_folder}.");
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>kill -9, with all its Erlang.</summary>
    public async Task KillAsync()
    {
        _node!.Kill(entireProcessTree: true);
        await _node.WaitForExitAsync();
    }

    /// <summary>Asks <c>rabbitmqctl</c>; gives what it printed.</summary>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        var printed = new StringBuilder();
        using var process =
            Start(Path.Combine(Programs, "rabbitmqctl"), arguments, (_, line) => printed.AppendLine(line.Data));
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                Invariant($"rabbitmqctl {string.Join(' ', arguments)} ended with {process.ExitCode}."));
        }

        return printed.ToString();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, _port);
            await socket.GetStream().WriteAsync(Hello);
            return await socket.GetStream().ReadAsync(new byte[8]) > 0;
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            // Not listening yet.
            return false;
        }
    }

    private Process Start(string program, string[] arguments, DataReceivedEventHandler? hears = null)
    {
        var start =
            new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardInput = true,
                RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += hears;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("HOME", _folder),
        ("ERL_EPMD_PORT", Invariant($"{_mapperPort}")),
        ("ERL_EPMD_ADDRESS", "127.0.0.1"),
        ("RABBITMQ_NODENAME", Invariant($"test{_port}@localhost")),
        ("RABBITMQ_DIST_PORT", Invariant($"{_nodePort}")),
        ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "mnesia")),
        ("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log")),
        ("RABBITMQ_PID_FILE", Path.Combine(_folder, "pid")),
        ("RABBITMQ_CONFIG_FILE", Path.Combine(_folder, "rabbitmq.conf")),
        ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder, "enabled_plugins")),
        ("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
        ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
    ];
}
