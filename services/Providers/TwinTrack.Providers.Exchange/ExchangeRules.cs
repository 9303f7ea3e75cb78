using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.Exchange;

/// <summary>What a provider's file transfer asks for beside whole files.</summary>
/// <param name="Numbered">
/// Names begin with a sequence number of eight digits, so that a missing file is noticed.
/// </param>
/// <param name="Checksums">
/// Beside each file lies <c>name.sha256</c>, both ways: ours before the file, theirs before or after it; a file without
/// it is still on its way.
/// </param>
/// <param name="Signed">
/// Whether a signature holds for a content: beside each file of theirs lies <c>name.p7s</c>, before or after it; a file
/// without it is still on its way. Null: not asked for.
/// </param>
internal readonly record struct ExchangeRules(bool Numbered, bool Checksums, Func<byte[], byte[], bool>? Signed = null)
{
    internal const string SignatureEnding = ".p7s";

    /// <summary>Endings of what must lie beside each file of theirs.</summary>
    internal IEnumerable<string> Beside()
    {
        if (Checksums)
        {
            yield return Checksum.Ending;
        }

        if (Signed is not null)
        {
            yield return SignatureEnding;
        }
    }
}

/// <summary>The form of <c>sha256sum</c>: 64 hex digits, two blanks, the name.</summary>
internal static class Checksum
{
    internal const string Ending = ".sha256";

    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    internal static byte[] Of(string hash, string name) => Encoding.UTF8.GetBytes($"{hash}  {name}\n");

    /// <summary>The digits in front, in lower case; empty where there are none.</summary>
    internal static string Read(string text) =>
        text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) is [{ Length: 64 } hash, ..]
            ? hash.ToLowerInvariant() : "";
}

/// <summary>
/// Sequence numbers of the files laid down: <c>sent-numbers</c> holds one small file a number, which says for what
/// name.
/// </summary>
internal static class FileNumbers
{
    /// <summary>
    /// How many of the latest numbers are asked whether they were taken for this name before a crash.
    /// </summary>
    private const int LookBack = 100;

    /// <summary>Half a minute: a turn takes milliseconds.</summary>
    private const int TurnTries = 3_000;

    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The name with its number before it. Numbers are given out one at a time, under a lock that dies with its holder;
    /// a name that took one and was never sent keeps it. Several copies of the service need a directory whose file
    /// system knows locks.
    /// </summary>
    internal static async Task<string> NameAsync(string root, string name, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Folder(root)).FullName;
        await using var turn = await TurnAsync(folder, cancel);
        var taken = Taken(root);
        if (await FindAsync(taken, name, cancel) is { } found)
        {
            return found;
        }

        var next =
            taken is [var last, ..] ? int.Parse(Path.GetFileName(last), NumberStyles.None, CultureInfo.InvariantCulture)
                + 1 : 1;
        var number = next.ToString("D8", CultureInfo.InvariantCulture);
        await TakeAsync(folder, number, name, cancel);
        return $"{number}-{name}";
    }

    private static async Task<FileStream> TurnAsync(string folder, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    FileShare.None);
            }
            catch (IOException) when (tries < TurnTries)
            {
                await Task.Delay(TurnPause, TimeProvider.System, cancel);
            }
        }
    }

    /// <summary>The name with the number that it took before; null when it has none.</summary>
    internal static Task<string?> FindAsync(string root, string name, CancellationToken cancel) =>
        FindAsync(Taken(root), name, cancel);

    private static async Task<string?> FindAsync(IReadOnlyList<string> taken, string name, CancellationToken cancel)
    {
        foreach (var number in taken.Take(LookBack))
        {
            if (await File.ReadAllTextAsync(number, cancel) == name)
            {
                return $"{Path.GetFileName(number)}-{name}";
            }
        }

        return null;
    }

    private static string Folder(string root) => Path.Combine(root, "sent-numbers");

    /// <summary>Latest first; drafts are not numbers yet.</summary>
    private static IReadOnlyList<string> Taken(string root) =>
        Directory.Exists(Folder(root))
            ? [.. Directory.EnumerateFiles(Folder(root)).Where(path => !Path.HasExtension(path))
                .OrderDescending(StringComparer.Ordinal)] : [];

    /// <summary>Whole or not at all: a number that a crash had left without its name would be a gap for ever.</summary>
    private static async Task TakeAsync(string folder, string number, string name, CancellationToken cancel)
    {
        var draft = Path.Combine(folder, number + ".tmp");
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(name), cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path.Combine(folder, number), overwrite: false);
    }
}
