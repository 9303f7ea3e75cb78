using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>One movement of a programme's funds.</summary>
public readonly record struct MovementId(Guid Value) : ITypedId<MovementId>
{
    public static string Prefix => "mov";

    public static MovementId From(Guid value) => new(value);

    public static MovementId Parse(string s, IFormatProvider? provider) => TypedId.Parse<MovementId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MovementId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
