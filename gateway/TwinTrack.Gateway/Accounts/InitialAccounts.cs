using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Words;
using TwinTrack.Gateway.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Gateway.Accounts;

/// <summary>
/// Prepares the token key and the first accounts before the first request. <c>auth:admin:user</c> with
/// <c>auth:admin:password</c> create the first administrator. <c>auth:demoUsers</c> = true creates one account per
/// role, all with <c>auth:demoPassword</c>. An existing account is not changed.
/// </summary>
internal sealed partial class InitialAccounts(
    IServiceScopeFactory scopes, IConfiguration configuration, TokenIssuer issuer, TimeProvider clock,
    ILogger<InitialAccounts> logger) : IHostedService
{
    private const string DemoPassword = "twintrack-demo";

    private static readonly (string Name, string Party, string Role)[] Demo =
    [
        ("admin", Parties.Government, Role.Admin),
        ("registrar", Parties.Government, Role.Registrar),
        ("manager", Parties.Government, Role.ProgrammeManager),
        ("approver1", Parties.Government, Role.Approver),
        ("approver2", Parties.Government, Role.Approver),
        ("finance", Parties.Government, Role.Finance),
        ("operator", Parties.Government, Role.Operator),
        ("cochair.gov", Parties.Government, Role.CoChair),
        ("cochair.un", Parties.Partner, Role.CoChair),
        ("reconciler", Parties.Government, Role.Reconciler),
        ("auditor", Parties.Government, Role.Auditor),
        ("grievance", Parties.Government, Role.Grievance),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The issuer's constructor has written its key to a file, where every service reads it at its first request.
        ArgumentNullException.ThrowIfNull(issuer);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDb>();
        var audit = scope.ServiceProvider.GetRequiredService<AuditTrail<GatewayDb>>();
        var wanted = Wanted().ToList();
        var names = wanted.ConvertAll(account => account.Name);
        var present = await db.Users.Where(user => names.Contains(user.Name)).Select(user => user.Name)
            .ToListAsync(cancellationToken);
        foreach (var (name, party, role, password) in wanted.Where(account => !present.Contains(account.Name)))
        {
            if (AccountRules.Check(name, party, [role], password) is { } refusal)
            {
                throw new InvalidOperationException($"Account '{name}' of the configuration: {refusal.Reason}");
            }

            // Hashing is slow on purpose, so it is done before the transaction. Another copy of the gateway may wait
            // for that transaction.
            var hash = CredentialCheck.Hash(password);
            var made = await db.InTransactionAsync(
                async () =>
                {
                    await db.LockAsync("first accounts", cancellationToken);
                    if (await db.Users.AnyAsync(user => user.Name == name, cancellationToken))
                    {
                        return false;
                    }

                    db.Users.Add(
                        new User
                        {
                            Name = name,
                            Party = party,
                            RoleWords = role,
                            PasswordHash = hash,
                            CreatedAt = clock.GetUtcNow()
                        });
                    await audit.RecordAsync(Actor.System, "create-user", name, new { party, roles = role },
                        cancellationToken);
                    return true;
                },
                cancellationToken);
            if (made)
            {
                LogMade(logger, name, role);
            }
        }

        if (!await db.Users.AnyAsync(cancellationToken) && configuration["auth:authority"] is null)
        {
            LogNobody(logger);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<(string Name, string Party, string Role, string Password)> Wanted()
    {
        if (configuration["auth:admin:user"] is { } name && configuration["auth:admin:password"] is { } password)
        {
            yield return (name, Parties.Government, Role.Admin, password);
        }

        if (!configuration.GetValue("auth:demoUsers", false))
        {
            yield break;
        }

        LogDemo(logger);
        foreach (var (user, party, role) in Demo.Where(user => user.Name != configuration["auth:admin:user"]))
        {
            yield return (user, party, role, configuration["auth:demoPassword"] ?? DemoPassword);
        }
    }

    [LoggerMessage(EventId = 8001, Level = LogLevel.Information, Message = "Account {Name} made with role {Role}")]
    private static partial void LogMade(ILogger logger, string name, string role);

    [LoggerMessage(EventId = 8002, Level = LogLevel.Warning,
        Message = "Demo accounts with a known password are on (auth:demoUsers): never with real money")]
    private static partial void LogDemo(ILogger logger);

    [LoggerMessage(EventId = 8003, Level = LogLevel.Warning,
        Message = "There is no account; set auth:admin:user and auth:admin:password to make the first administrator")]
    private static partial void LogNobody(ILogger logger);
}
