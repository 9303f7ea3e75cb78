using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.Exchange;

/// <summary>Further rules of a provider's file transfer.</summary>
/// <param name="Numbered">
/// Names begin with a sequence number of eight digits, so that a missing file is noticed.
/// </param>
/// <param name="Checksums">
/// Each file has <c>name.sha256</c> beside it, in both directions. Ours comes before the file, theirs before or after
/// it. A file without it is still on its way.
/// </param>
/// <param name="Signed">
/// Checks a signature of a content. Each of their files has <c>name.p7s</c> beside it, before or after the file. A file
/// without it is still on its way. Null: signatures are not required.
/// </param>
internal readonly record struct ExchangeRules(bool Numbered, bool Checksums, Func<byte[], byte[], bool>? Signed = null)
{
    internal const string SignatureEnding = ".p7s";

    /// <summary>Endings of the files that must be beside each of their files.</summary>
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

    /// <summary>The leading digits in lower case; empty when there are none.</summary>
    internal static string Read(string text) =>
        text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) is [{ Length: 64 } hash, ..]
            ? hash.ToLowerInvariant() : "";
}

/// <summary>
/// Sequence numbers of sent files. <c>sent-numbers</c> has one small file for each number, which holds the name.
/// </summary>
internal static class FileNumbers
{
    /// <summary>
    /// How many of the latest numbers are checked for this name, in case a crash came after the number was taken.
    /// </summary>
    private const int LookBack = 100;

    /// <summary>Half a minute in all. A turn takes milliseconds.</summary>
    private const int TurnTries = 3_000;

    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The name with its number in front. Numbers are given one at a time, under a lock that ends with its process. A
    /// name keeps its number even if it was never sent. Several copies of the service need a file system with locks.
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

    /// <summary>The latest numbers first. Drafts do not count.</summary>
    private static IReadOnlyList<string> Taken(string root) =>
        Directory.Exists(Folder(root))
            ? [.. Directory.EnumerateFiles(Folder(root)).Where(path => !Path.HasExtension(path))
                .OrderDescending(StringComparer.Ordinal)] : [];

    /// <summary>
    /// Written whole or not at all. Otherwise a crash could leave a number without a name, a permanent gap.
    /// </summary>
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
