using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.Exchange;

/// <summary>
/// File exchange with a provider, for each adapter that uses files. The connection's directory has <c>to-provider</c>
/// (ours) and <c>from-provider</c> (theirs). Files that we have read go to <c>from-provider/read</c>. <c>sent-log</c>
/// has one small file for each sent name, with the SHA-256 of its content. <c>sent-kept</c> has copies of the few files
/// that are needed again. A file appears whole or not at all. Each name is sent once, because the provider may have
/// taken the file away long ago.
/// </summary>
/// <param name="handOver">Further rules of the provider's file transfer.</param>
internal sealed class ExchangeFolder(string root, ExchangeRules handOver = default)
{
    /// <summary>The ending of the note that replaces a file with a wrong checksum or signature.</summary>
    internal const string DamagedEnding = ".damaged";

    /// <summary>Most documents in one collection. The rest comes with the next.</summary>
    internal const int CollectMax = 100;

    /// <summary>Bytes of one document.</summary>
    internal const int DocumentMax = 256 * 1024 * 1024;

    /// <summary>Bytes of one detached signature.</summary>
    private const int SignatureMax = 64 * 1024;

    private readonly string _outbound = Path.Combine(root, "to-provider");
    private readonly string _inbound = Path.Combine(root, "from-provider");
    private readonly string _log = Path.Combine(root, "sent-log");
    private readonly string _kept = Path.Combine(root, "sent-kept");

    /// <summary>Whether a file of this name was ever sent.</summary>
    internal async Task<bool> WasSentAsync(string name, CancellationToken cancel) =>
        File.Exists(Path.Combine(_log, name))
            || File.Exists(Path.Combine(_outbound, await FileNumbers.FindAsync(root, name, cancel) ?? name));

    /// <summary>
    /// Writes a file, only once. The log is written after the file. After a crash between the two, the same content is
    /// sent again under the same name. The provider refuses it as a duplicate. In the other order, a crash could leave
    /// an unsent order that counts as sent.
    /// </summary>
    /// <param name="name">Of the file.</param>
    /// <param name="content">Of the file.</param>
    /// <param name="cancel">Stops before the file has left.</param>
    /// <param name="keep">
    /// Whether to keep a copy for <see cref="Kept"/>, even after the provider took the file away.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// Other content was sent under this name before. This is a bug and must not be hidden.
    /// </exception>
    internal async Task SendOnceAsync(string name, byte[] content, CancellationToken cancel, bool keep = false)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var note = Path.Combine(_log, name);
        var outside = handOver.Numbered && !File.Exists(note) ? await FileNumbers.NameAsync(root, name, cancel) : name;
        var sent = await SentHashAsync(Path.Combine(_outbound, outside), note, cancel);
        if (sent is not null && sent != hash)
        {
            throw new InvalidOperationException($"{name} was sent before with other content.");
        }

        if (keep && !File.Exists(Path.Combine(_kept, name)))
        {
            await WriteAsync(_kept, name, content, cancel);
        }

        if (sent is null)
        {
            if (handOver.Checksums)
            {
                // The checksum comes first, so that a reader of the file always finds it.
                await WriteAsync(_outbound, outside + Checksum.Ending, Checksum.Of(hash, outside), cancel);
            }

            await WriteAsync(_outbound, outside, content, cancel);
        }

        if (!File.Exists(note))
        {
            // The file has left, so it is logged even if the caller cancelled.
            await WriteAsync(_log, name, Encoding.ASCII.GetBytes(hash), CancellationToken.None);
        }
    }

    /// <summary>The kept copy of a sent file; null when there is none.</summary>
    internal byte[]? Kept(string name) => Path.Combine(_kept, name) is var path && File.Exists(path)
        ? File.ReadAllBytes(path) : null;

    /// <summary>Names of the kept copies.</summary>
    internal IEnumerable<string> KeptNames(string pattern) =>
        Directory.Exists(_kept) ? Directory.EnumerateFiles(_kept, pattern).Select(path => Path.GetFileName(path)) : [];

    /// <summary>Whether a sent file is still there for the provider.</summary>
    internal bool Lies(string name) => Outside(name) is not null;

    /// <summary>The content of a sent file that is still there for the provider; null when it is gone.</summary>
    internal async Task<byte[]?> OpenAsync(string name, CancellationToken cancel) =>
        Outside(name) is { } path ? await File.ReadAllBytesAsync(path, cancel) : null;

    /// <summary>
    /// Stores an upload of the provider like a file from its transfer. True when it is new, false when the same content
    /// was uploaded before. Null when the name was used for other content.
    /// </summary>
    internal async Task<bool?> TakeInAsync(string name, byte[] content, byte[]? signature, CancellationToken cancel)
    {
        if (Brought(name) is { } before)
        {
            return Checksum.HashOf(await File.ReadAllBytesAsync(before, cancel)) == Checksum.HashOf(content)
                ? false : null;
        }

        if (handOver.Checksums)
        {
            await WriteAsync(_inbound, name + Checksum.Ending, Checksum.Of(Checksum.HashOf(content), name), cancel);
        }

        if (signature is not null)
        {
            await WriteAsync(_inbound, name + ExchangeRules.SignatureEnding, signature, cancel);
        }

        await WriteAsync(_inbound, name, content, cancel);
        return true;
    }

    /// <summary>Path of an earlier file of this name, read or unread. Damaged files do not count.</summary>
    private string? Brought(string name) =>
        new[] { _inbound, Path.Combine(_inbound, "read") }.Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private string? Outside(string name) => File.Exists(Path.Combine(_outbound, name)) ? Path.Combine(_outbound, name)
        : handOver.Numbered && Directory.Exists(_outbound)
            ? Directory.EnumerateFiles(_outbound, $"????????-{name}").FirstOrDefault()
        : null;

    /// <summary>The provider's files, oldest first. Unfinished files (<c>.tmp</c>) are ignored.</summary>
    /// <exception cref="InvalidDataException">A file is larger than <see cref="DocumentMax"/>.</exception>
    internal async Task<IReadOnlyList<(string Name, string Path,
        byte[] Content)>> CollectAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(_inbound))
        {
            return [];
        }

        var files = new DirectoryInfo(_inbound).EnumerateFiles()
            .Where(file => !file.Name.EndsWith(".tmp", StringComparison.Ordinal) && !file.Name.StartsWith('.'))
            .Where(file => handOver.Beside().All(
                ending => !file.Name.EndsWith(ending, StringComparison.Ordinal) && File.Exists(file.FullName + ending)))
            .OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Take(CollectMax)
            .ToList();
        var documents = new List<(string, string, byte[])>(files.Count);
        var bytes = 0L;
        foreach (var file in files)
        {
            if (file.Length > DocumentMax)
            {
                throw new InvalidDataException($"{file.Name} is larger than {DocumentMax} bytes.");
            }

            if (documents.Count > 0 && (bytes += file.Length) > DocumentMax)
            {
                break;
            }

            documents.AddRange(await ReadAsync(file, cancel));
        }

        return documents;
    }

    /// <summary>
    /// The bytes of a file, with its valid signature before it. A file with a wrong checksum or signature goes to
    /// <c>from-provider/damaged</c>, and a note takes its place.
    /// </summary>
    private async Task<IReadOnlyList<(string Name, string Path, byte[] Content)>> ReadAsync(
        FileInfo file, CancellationToken cancel)
    {
        var content = await File.ReadAllBytesAsync(file.FullName, cancel);
        if (handOver.Checksums)
        {
            var (expected, found) =
                (Checksum.Read(await File.ReadAllTextAsync(file.FullName + Checksum.Ending, cancel)),
                Checksum.HashOf(content));
            if (expected != found)
            {
                return [Damaged(file, $"said {expected}\nfound {found}\n")];
            }
        }

        if (handOver.Signed is not { } holds)
        {
            return [(file.Name, file.FullName, content)];
        }

        var beside = new FileInfo(file.FullName + ExchangeRules.SignatureEnding);
        var signature = beside.Length > SignatureMax ? [] : await File.ReadAllBytesAsync(beside.FullName, cancel);
        return holds(content, signature)
            ? [(beside.Name, beside.FullName, signature), (file.Name, file.FullName, content)]
            : [Damaged(file, $"the signature does not hold for {Checksum.HashOf(content)}\n")];
    }

    private (string Name, string Path, byte[] Content) Damaged(FileInfo file, string why)
    {
        Move(file.Name, "damaged");
        return (file.Name + DamagedEnding, file.FullName, Encoding.UTF8.GetBytes($"{file.Name}\n{why}"));
    }

    /// <summary>Moves a read file away. A repeated call is harmless.</summary>
    internal void SetAside(string name) => Move(Path.GetFileName(name), "read");

    /// <summary>Moves the file first, because files beside a missing file are never read.</summary>
    private void Move(string name, string folder)
    {
        foreach (var one in handOver.Beside().Select(ending => name + ending).Prepend(name))
        {
            var file = Path.Combine(_inbound, one);
            if (File.Exists(file))
            {
                File.Move(file, Path.Combine(Directory.CreateDirectory(Path.Combine(_inbound, folder)).FullName, one),
                    overwrite: true);
            }
        }
    }

    private static async Task<string?> SentHashAsync(string file, string note, CancellationToken cancel)
    {
        if (File.Exists(note))
        {
            return (await File.ReadAllTextAsync(note, cancel)).Trim();
        }

        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, cancel)));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(string folder, string name, byte[] content, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        await using (var file = new FileStream($"{path}.tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.tmp", path, overwrite: true);
    }
}
