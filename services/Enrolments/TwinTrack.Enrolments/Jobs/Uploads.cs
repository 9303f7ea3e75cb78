using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Jobs;

/// <param name="Sha256">64 hex digits.</param>
internal sealed record Upload(string Sha256, long Bytes);

/// <summary>
/// Registry files between their arrival and the end of their import, in <c>uploads</c> under the data folder. They hold
/// readable personal data. Only this account may read them, and they are deleted when their import ends.
/// </summary>
internal sealed class Uploads(IConfiguration configuration, TimeProvider clock)
{
    private const int BufferBytes = 128 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(configuration.DataFolder(), "uploads")).FullName;

    internal string PathOf(ImportId id) => Path.Combine(_folder, $"{id}.csv");

    internal bool Has(ImportId id) => File.Exists(PathOf(id));

    internal void Delete(ImportId id) => File.Delete(PathOf(id));

    /// <summary>
    /// Streams the body to disk. The header is checked before anything is stored, so a wrong file leaves no trace.
    /// </summary>
    internal async Task<Result<Upload>> ReceiveAsync(ImportId id, Stream body, CancellationToken cancel)
    {
        DeleteAbandoned();
        var head = new byte[FileRefusals.LineMaxBytes];
        var filled = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        using var first = new MemoryStream(head, 0, filled, writable: false);
        if (!RegistryReader.ReadHeader(new LineReader(first, 0)).Allows(out _, out var refusal))
        {
            await DiscardAsync(body, cancel);
            return refusal;
        }

        var draft = PathOf(id) + ".part";
        try
        {
            var stored = await StoreAsync(draft, head.AsMemory(0, filled), body, cancel);
            if (stored is Result<Upload>.Ok)
            {
                File.Move(draft, PathOf(id), overwrite: true);
            }

            return stored;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task<Result<Upload>> StoreAsync(
        string path, ReadOnlyMemory<byte> head, Stream body, CancellationToken cancel)
    {
        var options =
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
                BufferSize = 0
            };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using var file = new FileStream(path, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await file.WriteAsync(head, cancel);
        hash.AppendData(head.Span);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancel)) > 0)
            {
                if (file.Length + read > FileRefusals.FileMaxBytes)
                {
                    return FileRefusals.TooLarge;
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            // The buffer is cleared, so that no personal data stays in the pool.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        file.Flush(flushToDisk: true);
        return new Upload(Convert.ToHexStringLower(hash.GetHashAndReset()), file.Length);
    }

    /// <summary>Reads and drops the rest. A sender that is cut off would not get the refusal.</summary>
    private static async Task DiscardAsync(Stream body, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var left = FileRefusals.FileMaxBytes;
            int read;
            while (left > 0 && (read = await body.ReadAsync(buffer, cancel)) > 0)
            {
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Deletes uploads that a killed process left incomplete.</summary>
    private void DeleteAbandoned()
    {
        var before = (clock.GetUtcNow() - AbandonedAfter).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(_folder, $"{ImportId.Prefix}_*.part")
            .Where(file => File.GetLastWriteTimeUtc(file) < before))
        {
            File.Delete(file);
        }
    }
}
