using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>One governed change of track.</summary>
public readonly record struct SwitchId(Guid Value) : ITypedId<SwitchId>
{
    public static string Prefix => "swi";

    public static SwitchId From(Guid value) => new(value);

    public static SwitchId Parse(string s, IFormatProvider? provider) => TypedId.Parse<SwitchId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SwitchId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
