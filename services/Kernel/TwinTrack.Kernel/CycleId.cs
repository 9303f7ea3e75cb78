using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>One payment round of a programme. Owned by Entitlements.</summary>
public readonly record struct CycleId(Guid Value) : ITypedId<CycleId>
{
    public static string Prefix => "cyc";

    public static CycleId From(Guid value) => new(value);

    public static CycleId Parse(string s, IFormatProvider? provider) => TypedId.Parse<CycleId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CycleId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
