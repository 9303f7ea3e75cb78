using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>One booking in the ledger: entries that sum to zero.</summary>
public readonly record struct LedgerTransactionId(Guid Value) : ITypedId<LedgerTransactionId>
{
    public static string Prefix => "ltx";

    public static LedgerTransactionId From(Guid value) => new(value);

    public static LedgerTransactionId Parse(string s, IFormatProvider? provider) =>
        TypedId.Parse<LedgerTransactionId>(s);

    public static bool TryParse([NotNullWhen(true)]
        string? s, IFormatProvider? provider, out LedgerTransactionId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
