using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.Exchange;

/// <summary>What a provider's file transfer asks for beside whole files.</summary>
/// <param name="Numbered">Names begin with a sequence number of eight digits, so that a missing file is noticed.</param>
/// <param name="Checksums">
/// Beside each file lies <c>name.sha256</c>, both ways: ours before the file, theirs before or after it; a file without it is still on its way.
/// </param>
internal readonly record struct HandOver(bool Numbered, bool Checksums);

/// <summary>The form of <c>sha256sum</c>: 64 hex digits, two blanks, the name.</summary>
internal static class Checksum
{
    internal const string Ending = ".sha256";

    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    internal static byte[] Of(string hash, string name) => Encoding.UTF8.GetBytes($"{hash}  {name}\n");

    /// <summary>The digits in front, in lower case; empty where there are none.</summary>
    internal static string Read(string text) => text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries) is [{ Length: 64 } hash, ..] ? hash.ToLowerInvariant() : "";
}

/// <summary>Sequence numbers of the files laid down: <c>sent-numbers</c> holds one small file a number, which says for what name.</summary>
internal static class FileNumbers
{
    /// <summary>How many of the latest numbers are asked whether they were taken for this name before a crash.</summary>
    private const int LookBack = 100;

    /// <summary>
    /// The name with its number before it. A number is taken by creating its file, which succeeds once; a name that took one and was never laid down keeps it.
    /// </summary>
    internal static async Task<string> NameAsync(string root, string name, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "sent-numbers")).FullName;
        var taken = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).OrderDescending(StringComparer.Ordinal).ToList();
        foreach (var number in taken.Take(LookBack))
        {
            if (await ReadAsync(Path.Combine(folder, number), cancel) == name)
            {
                return $"{number}-{name}";
            }
        }

        for (var next = taken.Count == 0 ? 1 : int.Parse(taken[0], NumberStyles.None, CultureInfo.InvariantCulture) + 1; ; next++)
        {
            var number = next.ToString("D8", CultureInfo.InvariantCulture);
            if (await TakeAsync(Path.Combine(folder, number), name, cancel))
            {
                return $"{number}-{name}";
            }
        }
    }

    /// <summary>Also while another process is still writing it: then it is another name's.</summary>
    private static async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        using var text = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await text.ReadToEndAsync(cancel);
    }

    private static async Task<bool> TakeAsync(string path, string name, CancellationToken cancel)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
            await file.WriteAsync(Encoding.UTF8.GetBytes(name), cancel);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
            return false;
        }
    }
}
