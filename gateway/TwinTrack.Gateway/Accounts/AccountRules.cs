using System.Text.RegularExpressions;
using TwinTrack.Kernel;

namespace TwinTrack.Gateway.Accounts;

/// <summary>
/// The rules for accounts, with refusals in order of precedence. The same request never succeeds later, except after
/// <see cref="Exists"/>.
/// </summary>
internal static partial class AccountRules
{
    public const int NameMax = 64;
    public const int PasswordMin = 12;
    public const int PasswordMax = 256;

    public static readonly Refusal BadName = new(
        "user.bad_name",
        $"A name is up to {NameMax} lower-case letters, digits, dots, hyphens and underscores, and starts with a "
            + $"letter or digit.", RefusalKind.Invalid);

    public static readonly Refusal BadParty = new(
        "user.bad_party", "A party is written like a name; 'system' is nobody's.", RefusalKind.Invalid);

    public static readonly Refusal BadRole = new(
        "user.bad_role", $"Roles are one or more of: {string.Join(", ", Role.All)}.", RefusalKind.Invalid);

    public static readonly Refusal BadPassword = new(
        "user.bad_password", $"A password has {PasswordMin} to {PasswordMax} characters.", RefusalKind.Invalid);

    public static readonly Refusal Absent = new("user.absent", "There is no such account.", RefusalKind.NotFound);

    public static readonly Refusal Exists = new(
        "user.exists", "There is another account of this name.", RefusalKind.Conflict);

    public static readonly Refusal Yourself = new("user.yourself", "Nobody changes their own roles, party or access.");

    /// <summary>The first fault, or null. A null password is not checked.</summary>
    public static Refusal? Check(string name, string party, IReadOnlyList<string> roles, string? password) =>
        !Name().IsMatch(name) ? BadName
        : !Name().IsMatch(party) || party == Actor.System.Party ? BadParty
        : roles.Count == 0 || roles.Count != roles.Distinct().Count() || roles.Except(Role.All).Any() ? BadRole
        : password is null ? null
        : CheckPassword(password);

    public static Refusal? CheckPassword(string password) =>
        password.Length is < PasswordMin or > PasswordMax ? BadPassword : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
