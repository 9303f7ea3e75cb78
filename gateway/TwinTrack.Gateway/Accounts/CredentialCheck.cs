using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Gateway.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Gateway.Accounts;

/// <summary>
/// Checks a name and a password. Every refusal looks the same and takes the same time. An unknown name, a wrong
/// password, a locked and a disabled account each cost one hash. So neither text nor time shows which names exist.
/// </summary>
internal sealed class CredentialCheck(GatewayDb db, AuditTrail<GatewayDb> audit, TimeProvider clock)
{
    /// <summary>After this many wrong passwords in a row, the account is locked.</summary>
    public const int FailuresMax = 10;

    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    // The hasher never looks at the user it is given.
    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string NobodysHash = Hash(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public static string Hash(string password) => Hasher.HashPassword("", password);

    public static bool Matches(string hash, string password) =>
        Hasher.VerifyHashedPassword("", hash, password) != PasswordVerificationResult.Failed;

    /// <summary>The account, or null. Both results are recorded.</summary>
    public async Task<User?> EnterAsync(string name, string password, CancellationToken cancel)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancel);
        // Hashing is slow on purpose, so it is done before the transaction, which others wait for.
        var right = Matches(user?.PasswordHash ?? NobodysHash, password);
        var at = clock.GetUtcNow();
        var enters = await db.InTransactionAsync(
            async () =>
            {
                if (user is not null && right && await ClearAsync(user, at, cancel))
                {
                    await audit.RecordAsync(new Actor(user.Name, user.Party), "log-in", user.Name, new { }, cancel);
                    return true;
                }

                var locked = user is not null && !right && await CountFailureAsync(user, at, cancel);
                // A mistyped name may be a password, so only existing names are recorded.
                await audit.RecordAsync(Actor.System, "refuse-log-in", user?.Name ?? "unknown", new { locked }, cancel);
                return false;
            },
            cancel);
        return enters ? user : null;
    }

    /// <summary>
    /// The update statement itself decides, so concurrent guesses cannot pass a lock that one of them has set.
    /// </summary>
    private async Task<bool> ClearAsync(User user, DateTimeOffset at, CancellationToken cancel) =>
        await db.Users
            .Where(row => row.Name == user.Name && row.PasswordHash == user.PasswordHash && !row.Disabled
                && (row.LockedUntil == null || row.LockedUntil <= at))
            .ExecuteUpdateAsync(
            row => row.SetProperty(u => u.FailedCount, 0).SetProperty(u => u.LockedUntil, (DateTimeOffset?)null),
            cancel) == 1;

    private async Task<bool> CountFailureAsync(User user, DateTimeOffset at, CancellationToken cancel)
    {
        var row = db.Users.Where(row => row.Name == user.Name);
        await row.ExecuteUpdateAsync(set => set.SetProperty(u => u.FailedCount, u => u.FailedCount + 1), cancel);
        return await row.Where(u => u.FailedCount >= FailuresMax)
            .ExecuteUpdateAsync(
            set => set.SetProperty(u => u.FailedCount, 0)
                .SetProperty(u => u.LockedUntil, (DateTimeOffset?)(at + LockTime)), cancel) == 1;
    }
}
