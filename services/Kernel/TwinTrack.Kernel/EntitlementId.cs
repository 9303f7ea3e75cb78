using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>
/// The amount due to one household in one cycle by one component. The obligation to pay it carries the same number.
/// </summary>
public readonly record struct EntitlementId(Guid Value) : ITypedId<EntitlementId>
{
    public static string Prefix => "ent";

    public static EntitlementId From(Guid value) => new(value);

    public static EntitlementId Parse(string s, IFormatProvider? provider) => TypedId.Parse<EntitlementId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EntitlementId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
