namespace TwinTrack.Gateway.Accounts;

/// <summary>
/// A local account. Production may use an identity provider instead (<c>auth:authority</c>); the roles and parties are
/// the same.
/// </summary>
internal sealed class User
{
    /// <summary>Lower case; an account's name, not a person's.</summary>
    public required string Name { get; init; }

    /// <summary>ASP.NET Core Identity format 3: PBKDF2 with HMAC-SHA-512, its own salt and iteration count.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Words of <see cref="Kernel.Role"/>, separated by spaces.</summary>
    public required string RoleWords { get; set; }

    /// <summary>The party they act for: <c>government</c>, <c>partner</c> or a provider's code.</summary>
    public required string Party { get; set; }

    /// <summary>The account gets no new token. An issued token expires by itself.</summary>
    public bool Disabled { get; set; }

    /// <summary>Wrong passwords since the last right one or the last lock.</summary>
    public int FailedCount { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    [System.ComponentModel.DataAnnotations.Schema.NotMapped]
    public string[] Roles => RoleWords.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>An account as administrators and auditors see it.</summary>
/// <param name="LockedUntil">Set after too many wrong passwords. A time in the past has no effect.</param>
internal sealed record AccountView(string User, string Party, IReadOnlyList<string> Roles, bool Disabled,
    DateTimeOffset? LockedUntil)
{
    public static AccountView Of(User user) => new(user.Name, user.Party, user.Roles, user.Disabled, user.LockedUntil);
}
