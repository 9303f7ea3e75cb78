using System.Text.Json;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// The host and the token of the last login, in a file that only its owner can read. The password is not kept.
/// </summary>
/// <param name="ExpiresAt">UTC; after it the host asks to log in again.</param>
internal sealed record Session(Uri Host, string User, string Token, DateTimeOffset? ExpiresAt)
{
    /// <summary>Folder <c>$TWINTRACK_HOME</c>, or <c>~/.config/twintrack</c>.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable("TWINTRACK_HOME") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify), "twintrack");

    private static string FilePath => Path.Combine(Folder, "session.json");

    public static Session? Load()
    {
        try
        {
            return JsonSerializer.Deserialize<Session>(File.ReadAllText(FilePath));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new UsageException($"{FilePath} cannot be read; log in again: ./twintrack login.");
        }
    }

    public void Save()
    {
        Directory.CreateDirectory(Folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(FilePath, options);
        JsonSerializer.Serialize(stream, this);
    }
}
