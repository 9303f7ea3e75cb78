using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>Attempts in doubt that two parties give up together.</summary>
public readonly record struct ForcedMoveId(Guid Value) : ITypedId<ForcedMoveId>
{
    public static string Prefix => "for";

    public static ForcedMoveId From(Guid value) => new(value);

    public static ForcedMoveId Parse(string s, IFormatProvider? provider) => TypedId.Parse<ForcedMoveId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ForcedMoveId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
