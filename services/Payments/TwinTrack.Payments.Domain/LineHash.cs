using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// SHA-256 over lines in the caller's order, each ended by a line feed. Also counts and sums the lines. Streams, so a
/// million lines need no memory. Not thread-safe; use once.
/// </summary>
public sealed class LineHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Count { get; private set; }

    /// <summary>Minor units.</summary>
    public long SumMinor { get; private set; }

    /// <summary>A cycle's line: <c>entitlement id|amount</c>.</summary>
    public void Add(EntitlementId id, long amountMinor) =>
        Append(Invariant($"{id}|{amountMinor}\n"), amountMinor);

    /// <summary>A switch's line: <c>obligation id|amount</c>.</summary>
    public void Add(ObligationId id, long amountMinor) =>
        Append(Invariant($"{id}|{amountMinor}\n"), amountMinor);

    /// <summary>A forced move's line: <c>instruction id|amount</c>.</summary>
    public void Add(InstructionId id, long amountMinor) =>
        Append(Invariant($"{id}|{amountMinor}\n"), amountMinor);

    /// <summary>A batch's line: <c>obligation id|amount|channel|payee fingerprint</c>; no channel is a dash.</summary>
    public void Add(ObligationId id, long amountMinor, string? channel, string payeeFingerprint) =>
        Append(Invariant($"{id}|{amountMinor}|{channel ?? "-"}|{payeeFingerprint}\n"),
            amountMinor);

    /// <summary>64 hex digits, lower case.</summary>
    public string Hex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Append(string line, long amountMinor)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(line));
        Count++;
        SumMinor += amountMinor;
    }
}
