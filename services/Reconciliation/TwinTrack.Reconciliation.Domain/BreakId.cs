using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>A difference found by reconciliation.</summary>
public readonly record struct BreakId(Guid Value) : ITypedId<BreakId>
{
    public static string Prefix => "brk";

    public static BreakId From(Guid value) => new(value);

    public static BreakId Parse(string s, IFormatProvider? provider) => TypedId.Parse<BreakId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BreakId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
