using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Domain;

/// <summary>
/// Count, sum and hash of a list of entitlements. The hash is SHA-256 over the lines <c>entitlement id|amount</c> in
/// order of id, each ended by a line feed. Payments computes it again from the received rows, so a lost, doubled or
/// changed row is found.
/// </summary>
public sealed class ListHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Guid _last;

    public long Count { get; private set; }

    /// <summary>Minor units.</summary>
    public long SumMinor { get; private set; }

    /// <exception cref="InvalidOperationException">
    /// The id is not greater than the one before, or it is empty. Text, SQLite and PostgreSQL have the same order.
    /// </exception>
    public void Add(EntitlementId id, long amountMinor)
    {
        if (string.CompareOrdinal(_last.ToString("n"), id.Value.ToString("n")) >= 0)
        {
            throw new InvalidOperationException("A list is hashed in order of id.");
        }

        _last = id.Value;
        _hash.AppendData(Encoding.UTF8.GetBytes(Invariant($"{id}|{amountMinor}\n")));
        Count++;
        SumMinor += amountMinor;
    }

    /// <summary>64 hex digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
