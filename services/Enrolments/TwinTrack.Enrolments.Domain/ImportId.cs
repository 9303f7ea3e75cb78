using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>One registry file, as uploaded.</summary>
public readonly record struct ImportId(Guid Value) : ITypedId<ImportId>
{
    public static string Prefix => "imp";

    public static ImportId From(Guid value) => new(value);

    public static ImportId Parse(string s, IFormatProvider? provider) => TypedId.Parse<ImportId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ImportId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
