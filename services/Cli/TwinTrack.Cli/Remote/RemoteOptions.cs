using System.CommandLine;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// The options of every command that calls a host. The user is a given user, the owner of a given token, or the last
/// login.
/// </summary>
internal static class RemoteOptions
{
    private static readonly Uri DefaultHost = new("http://127.0.0.1:5080");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static readonly Option<string?> Host = new("--host")
    {
        Description = "Address of the gateway. Else $TWINTRACK_HOST, the last login's host, or http://127.0.0.1:5080.",
        HelpName = "url",
        Recursive = true,
    };

    public static readonly Option<string?> User = new("--user")
    {
        Description = "Act as this user, with --password. Else $TWINTRACK_USER, or the last login.",
        HelpName = "name",
        Recursive = true,
    };

    public static readonly Option<string?> Password = new("--password")
    {
        Description = "The user's password. $TWINTRACK_PASSWORD keeps it out of the list of processes.",
        HelpName = "text",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the answer as JSON, and nothing else, on standard output.",
        Recursive = true,
    };

    public static Uri HostOf(ParseResult parsed)
    {
        var given = parsed.GetValue(Host) ?? Environment.GetEnvironmentVariable("TWINTRACK_HOST");
        return string.IsNullOrEmpty(given) ? Session.Load()?.Host ?? DefaultHost : Address(given);
    }

    /// <summary>An http address that a user typed.</summary>
    public static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new UsageException($"'{text}' is not an address such as {DefaultHost}.");

    /// <summary>A way into the host as the user that options, environment or last login name.</summary>
    public static async Task<Api> ApiAsync(ParseResult parsed, CancellationToken cancel)
    {
        var host = HostOf(parsed);
        if (Credentials(parsed) is (var user, var password))
        {
            var login = await Api.LogInAsync(host, user, password, Patience, cancel);
            return new Api(host, login.Require("token"), Patience);
        }

        var token = Environment.GetEnvironmentVariable("TWINTRACK_TOKEN") is { Length: > 0 } given
            ? given : Session.Load()?.Token;
        return token is not null
            ? new Api(host, token, Patience)
            : throw new UsageException(
                "Nobody is logged in. Run ./twintrack login, or set TWINTRACK_USER and TWINTRACK_PASSWORD, or "
                    + "TWINTRACK_TOKEN.");
    }

    public static (string User, string Password)? Credentials(ParseResult parsed)
    {
        var user = parsed.GetValue(User) ?? Environment.GetEnvironmentVariable("TWINTRACK_USER");
        if (string.IsNullOrEmpty(user))
        {
            return null;
        }

        var password = parsed.GetValue(Password) ?? Environment.GetEnvironmentVariable("TWINTRACK_PASSWORD");
        return !string.IsNullOrEmpty(password)
            ? (user, password)
            : throw new UsageException($"The password of {user} is missing: --password, or $TWINTRACK_PASSWORD.");
    }
}
