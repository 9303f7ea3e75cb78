using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>
/// Stores raw documents of providers before they are read. The same bytes on the same channel are stored once.
/// </summary>
internal sealed class EvidenceStore(ProvidersDb db, ProviderSealers sealers, IConfiguration configuration,
    TimeProvider clock)
{
    public string Folder => Directory.CreateDirectory(Path.Combine(configuration.DataFolder(), "evidence")).FullName;

    public static string Sha256Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>
    /// Stores a collected document, the file first, or counts a repeated one. Returns the stored row with its state.
    /// </summary>
    public async Task<Evidence> KeepAsync(string channel, EvidenceKind kind, Document document,
        CancellationToken cancel)
    {
        var sha = Sha256Of(document.Content);
        var draft = Path.Combine(Folder, $"{Guid.CreateVersion7(clock.GetUtcNow()):n}.tmp");
        await WriteThroughAsync(draft, document.Content, cancel);
        return await KeepAsync(channel, kind, document.Name, (draft, sha, document.Content.LongLength), cancel);
    }

    /// <summary>The same for a file that is already in <see cref="Folder"/> as a draft.</summary>
    public async Task<Evidence> KeepAsync(
        string channel, EvidenceKind kind, string name, (string Draft, string Sha256, long Bytes) file,
        CancellationToken cancel)
    {
        File.Move(file.Draft, Path.Combine(Folder, file.Sha256), overwrite: true);
        return await db.InTransactionAsync(
            () => NoteAsync(
                new Evidence
                {
                    Id = EvidenceId.New(clock),
                    Channel = channel,
                    Identity = file.Sha256,
                    Kind = kind,
                    Name = name,
                    Sha256 = file.Sha256,
                    Bytes = file.Bytes,
                    Path = file.Sha256,
                    State = EvidenceState.Received,
                    ReceivedAt = clock.GetUtcNow(),
                },
                cancel),
            cancel);
    }

    /// <summary>The raw bytes of a callback.</summary>
    public byte[] Open(Evidence callback) => callback.Scheme.Length > 0
        ? sealers.Connections.Open(callback.Body!) : callback.Body!;

    public Task CloseAsync(EvidenceId id, EvidenceState state, string? reason, int unmatched,
        CancellationToken cancel) =>
        db.InTransactionAsync(
            () => db.Evidence.Where(row => row.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, state).SetProperty(row => row.Reason, reason)
                    .SetProperty(row => row.Unmatched, unmatched), cancel),
            cancel);

    /// <summary>Stores the report of a refused document. After a crash the same report is written again.</summary>
    public Task KeepFaultsAsync(EvidenceId id, IReadOnlyList<RowFault> faults, CancellationToken cancel) =>
        db.InTransactionAsync(
        async () =>
        {
            await db.EvidenceFaults.Where(row => row.EvidenceId == id).ExecuteDeleteAsync(cancel);
            await db.BulkInsertAsync(
                [.. faults.Select(
                    (fault, at) =>
                        new EvidenceFault { EvidenceId = id, Place = at + 1, Line = fault.Row,
                            Field = Clip(fault.Field), Why = Clip(fault.Why) })], cancel);
        },
        cancel);

    private static string Clip(string text) =>
        text.Length <= EvidenceFault.TextMax ? text : text[..EvidenceFault.TextMax];

    private async Task<Evidence> NoteAsync(Evidence fresh, CancellationToken cancel)
    {
        var known = await db.Evidence.SingleOrDefaultAsync(
            row => row.Channel == fresh.Channel && row.Identity == fresh.Identity, cancel);
        if (known is null)
        {
            db.Evidence.Add(fresh);
            return fresh;
        }

        known.TimesSeen++;
        return known;
    }

    private static async Task WriteThroughAsync(string path, byte[] content, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await file.WriteAsync(content, cancel);
        file.Flush(flushToDisk: true);
    }
}
