using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>Keeps what providers give us, raw, before anything is made of it. The same bytes on the same channel are kept once.</summary>
internal sealed class EvidenceStore(ProvidersDb db, IConfiguration configuration, TimeProvider clock)
{
    public string Folder => Directory.CreateDirectory(Path.Combine(configuration.DataFolder(), "evidence")).FullName;

    public static string Sha256Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Stores a collected document, file first, or counts that it came again. Answers with how far it has come.</summary>
    public async Task<Evidence> KeepAsync(string channel, EvidenceKind kind, Document document, CancellationToken cancel)
    {
        var sha = Sha256Of(document.Content);
        var draft = Path.Combine(Folder, $"{Guid.CreateVersion7(clock.GetUtcNow()):n}.tmp");
        await WriteThroughAsync(draft, document.Content, cancel);
        return await KeepAsync(channel, kind, document.Name, (draft, sha, document.Content.LongLength), cancel);
    }

    /// <summary>The same for a file that already lies in <see cref="Folder"/> as a draft.</summary>
    public async Task<Evidence> KeepAsync(
        string channel, EvidenceKind kind, string name, (string Draft, string Sha256, long Bytes) file, CancellationToken cancel)
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

    /// <summary>Stores a callback's body in the row itself. Two units may be sent the same few bytes, so the unit is part of its identity.</summary>
    /// <param name="answers">It came where only the answer to a question of ours is to come; whether it is one, its adapter sees.</param>
    public Task<Evidence> KeepCallbackAsync(SentUnit unit, byte[] body, string headers, bool answers, CancellationToken cancel) => NoteAsync(
        new Evidence
        {
            Id = EvidenceId.New(clock),
            Channel = unit.Channel,
            Identity = Sha256Of([.. Encoding.UTF8.GetBytes(unit.Reference + "\n"), .. body]),
            Kind = EvidenceKind.Callback,
            Name = unit.Reference,
            Sha256 = Sha256Of(body),
            Bytes = body.LongLength,
            Body = body,
            Headers = headers,
            State = answers ? EvidenceState.Received : EvidenceState.Hint,
            ReceivedAt = clock.GetUtcNow(),
        },
        cancel);

    public Task CloseAsync(EvidenceId id, EvidenceState state, string? reason, int unmatched, CancellationToken cancel) =>
        db.Evidence.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.Reason, reason).SetProperty(row => row.Unmatched, unmatched), cancel);

    private async Task<Evidence> NoteAsync(Evidence fresh, CancellationToken cancel)
    {
        var known = await db.Evidence.SingleOrDefaultAsync(row => row.Channel == fresh.Channel && row.Identity == fresh.Identity, cancel);
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
