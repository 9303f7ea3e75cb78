using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>One suspension of a track.</summary>
public readonly record struct SuspensionId(Guid Value) : ITypedId<SuspensionId>
{
    public static string Prefix => "sus";

    public static SuspensionId From(Guid value) => new(value);

    public static SuspensionId Parse(string s, IFormatProvider? provider) => TypedId.Parse<SuspensionId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SuspensionId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
