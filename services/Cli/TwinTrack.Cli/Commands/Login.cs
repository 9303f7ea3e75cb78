using System.CommandLine;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>login: keeps a token for the commands that follow.</summary>
internal static class Login
{
    private static readonly Argument<string> UserName = new("user") { Description = "The account's name." };

    public static Command Build()
    {
        var command =
            new Command(
                "login", "Log in and keep the token for the commands that follow. Asks for the password unless "
                    + "--password or $TWINTRACK_PASSWORD gives it.")
        {
            UserName,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var user = parsed.GetRequiredValue(UserName);
        var password = parsed.GetValue(RemoteOptions.Password)
            ?? Environment.GetEnvironmentVariable("TWINTRACK_PASSWORD") ?? Ask(user);
        var host = RemoteOptions.HostOf(parsed);
        var login = await Api.LogInAsync(host, user, password, TimeSpan.Zero, cancel);
        var expires = login.Text("expiresAt") is { } text
            ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        new Session(host, user, login.Require("token"), expires).Save();
        Console.Out.WriteLine(
            $"Logged in at {host} as {user} "
                + Invariant(
                    $"({string.Join(", ", login.List("roles").Select(role => role.GetString()))}) until {expires:u}."));
        return ExitCode.Ok;
    }

    private static string Ask(string user)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException($"The password of {user} is missing: --password, or $TWINTRACK_PASSWORD.");
        }

        Console.Error.Write($"Password of {user}: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key =
            Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
