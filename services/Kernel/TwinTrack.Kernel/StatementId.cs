using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>One statement of a provider, as received.</summary>
public readonly record struct StatementId(Guid Value) : ITypedId<StatementId>
{
    public static string Prefix => "sta";

    public static StatementId From(Guid value) => new(value);

    public static StatementId Parse(string s, IFormatProvider? provider) => TypedId.Parse<StatementId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StatementId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
