using System.Net;
using Npgsql;
using TwinTrack.Platform.Storage;
using TwinTrack.Running;

namespace TwinTrack.Proving.Systems;

/// <summary>
/// TwinTrack as in production, on this machine. It has its own PostgreSQL and RabbitMQ, every service as a separate
/// process in several copies, and the gateway. Each process can be killed, stopped and started again by its name.
/// </summary>
internal sealed class Stack : IRunningSystem
{
    public const string GatewayName = "gateway";

    /// <summary>
    /// The services, by route segment, database schema and queue prefix, with their programs; in the order in which a
    /// payment meets them.
    /// </summary>
    public static readonly (string Name, string Program)[] Services =
    [
        ("enrolments", "TwinTrack.Enrolments"),
        ("entitlements", "TwinTrack.Entitlements"),
        ("payments", "TwinTrack.Payments"),
        ("routing", "TwinTrack.Routing"),
        ("providers", "TwinTrack.Providers"),
        ("reconciliation", "TwinTrack.Reconciliation"),
    ];

    private static readonly (string Name, string Program) Accounts = ("auth", "TwinTrack.Gateway");

    /// <summary>
    /// Pooled connections of one process: its consumers, jobs and requests wait for each other beyond that.
    /// </summary>
    private const int PoolMax = 24;

    /// <summary>Connections for the superuser, migrations and people.</summary>
    private const int ConnectionsReserved = 20;

    private readonly StackOptions _options;
    private readonly ServerSecret _secret;
    private readonly List<ServiceProcess> _services = [];

    private Stack(StackOptions options, ServerSecret secret, PostgresCluster postgres, RabbitNode rabbit)
    {
        (_options, _secret, Postgres, Rabbit) = (options, secret, postgres, rabbit);
        foreach (var (service, program) in Services)
        {
            for (var copy = 1; copy <= options.Copies; copy++)
            {
                var name = NameOf(service, copy);
                _services.Add(
                    new ServiceProcess(name, program, FreePort.Next(), options.Logs, () => SettingsOf(name, service)));
            }
        }

        Gateway = new ServiceProcess(GatewayName, Accounts.Program, options.Address, options.Logs, GatewaySettings);
    }

    public PostgresCluster Postgres { get; }

    public RabbitNode Rabbit { get; }

    public ServiceProcess Gateway { get; }

    /// <summary>Every copy of every service, without the gateway.</summary>
    public IReadOnlyList<ServiceProcess> Copies => _services;

    /// <summary>All processes, servers first.</summary>
    public IEnumerable<NamedProcess> Processes => [Postgres, Rabbit, .. _services, Gateway];

    public Uri Address => _options.Address;

    public string Data => _options.Data;

    /// <summary>
    /// The process of this name: <c>postgres</c>, <c>rabbitmq</c>, <c>gateway</c>, or a service and its copy, e.g.
    /// <c>payments-2</c>.
    /// </summary>
    public NamedProcess this[string name] => Processes.Single(process => process.Name == name);

    /// <summary>Installs what is missing and lays everything out; starts nothing.</summary>
    /// <exception cref="CannotRunException">
    /// A server is not installed and we may not install it; the message says what to do.
    /// </exception>
    public static async Task<Stack> MakeAsync(StackOptions options, CancellationToken cancel)
    {
        var missing = new List<string>();
        foreach (var server in new[] { ServerPackage.Postgres, ServerPackage.Rabbit })
        {
            if (!await server.EnsureAsync(options.Tell, cancel))
            {
                missing.Add(server.Title);
            }
        }

        if (missing.Count > 0)
        {
            throw new CannotRunException(
                $"The stack needs {string.Join(" and ", missing)}; what to install is said above.");
        }

        Directory.CreateDirectory(options.Data);
        Directory.CreateDirectory(options.Logs);
        var secret = ServerSecret.In(options.Data);
        var connections = (PoolMax * ((Services.Length * options.Copies) + 1)) + ConnectionsReserved;
        var postgres = await PostgresCluster.InAsync(options.Data, secret, connections, options.Logs, cancel);
        var rabbit = await RabbitNode.InAsync(options.Data, secret, options.Logs, cancel);
        return new Stack(options, secret, postgres, rabbit);
    }

    /// <summary>Servers, then the migrations, then every service, then the gateway.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        try
        {
            _options.Tell($"starting PostgreSQL at {Postgres.Address} and RabbitMQ at {Rabbit.Address}");
            await Rabbit.LaunchAsync(cancel);
            await Postgres.StartAsync(cancel);
            _options.Tell("migrating: roles, schemas and tables of every service, as their owners");
            await MigrateAsync(cancel);
            await Rabbit.ReadyAsync(cancel);
            _options.Tell(
                Invariant($"starting {_services.Count} service processes and the gateway"));
            await Task.WhenAll(_services.Append(Gateway).Select(process => process.StartAsync(cancel)));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The one step that changes the schema: roles and schemas as the superuser, each service's tables as their owner.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancel)
    {
        await Postgres.EnsureDatabaseAsync(cancel);
        foreach (var (service, _) in Services.Append(Accounts))
        {
            var connections = service == Accounts.Name ? PoolMax : PoolMax * _options.Copies;
            await Postgres.ExecuteAsync(
                PostgresCluster.Database, new DatabaseRoles(service).Script(
                    _secret.PasswordOf(DatabaseRoles.OwnerOf(service)), _secret.PasswordOf(service), connections),
                    cancel);
        }

        await Task.WhenAll(Services.Append(Accounts).Select(async service =>
        {
            var owner = DatabaseRoles.OwnerOf(service.Name);
            var connection = ConnectionOf(service.Name, owner, Postgres.Address);
            await using var migration = ChildProcess.Start(
                "migrate-" + service.Name,
                ServiceProcess.Describe(service.Program, _options.Logs, ["migrate"],
                    [("data", _options.Data), ($"ConnectionStrings:{service.Name}", connection)]),
                _options.Logs);
            await migration.SucceedAsync(cancel);
        }));
    }

    /// <summary>Services stop first, because they need the servers while they stop.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(_services.Append(Gateway).Select(process => process.StopAsync()));
        await Task.WhenAll(Postgres.StopAsync(), Rabbit.StopAsync());
    }

    public string? Ended() => Processes.FirstOrDefault(process => !process.IsRunning) is { } ended
        ? $"{ended.Name} ended by itself. Its last words:\n{ended.LastLines()}"
        : null;

    /// <summary>Ends every process without asking; what was committed is found again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes.Reverse())
        {
            await process.DisposeAsync();
        }
    }

    private static string NameOf(string service, int copy) =>
        Invariant($"{service}-{copy}");

    private IEnumerable<(string Key, string Value)> SettingsOf(string process, string service)
    {
        var postgres = _options.Seen(process, Postgres.Name, Postgres.Address);
        var rabbit = _options.Seen(process, Rabbit.Name, Rabbit.Address);
        return
        [
            ("data", _options.Data),
            ($"ConnectionStrings:{service}", ConnectionOf(service, service, postgres)),
            ("ConnectionStrings:bus", Rabbit.At(rabbit)),
            ("database:migrate", "false"),
            ("Logging:LogLevel:Default", "Warning"),
            .. _options.Settings,
        ];
    }

    private IEnumerable<(string Key, string Value)> GatewaySettings() =>
    [
        .. SettingsOf(GatewayName, Accounts.Name),
        ("auth:demoUsers", "true"),
        .. Services.Select(service => (
            $"gateway:services:{service.Name}",
            string.Join(
                ',', _services.Where(copy => copy.Name.StartsWith(service.Name + "-", StringComparison.Ordinal))
                    .Select(copy => copy.Address.GetLeftPart(UriPartial.Authority))))),
    ];

    private string ConnectionOf(string service, string role, IPEndPoint address) => new NpgsqlConnectionStringBuilder
    {
        Host = address.Address.ToString(),
        Port = address.Port,
        Database = PostgresCluster.Database,
        Username = role,
        Password = _secret.PasswordOf(role),
        SearchPath = service,
        MaxPoolSize = PoolMax,
        Timeout = 30,
        ApplicationName = role,
    }.ConnectionString;
}
