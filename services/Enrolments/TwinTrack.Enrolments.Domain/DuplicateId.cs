using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>One suspicion that a household is registered twice.</summary>
public readonly record struct DuplicateId(Guid Value) : ITypedId<DuplicateId>
{
    public static string Prefix => "dup";

    public static DuplicateId From(Guid value) => new(value);

    public static DuplicateId Parse(string s, IFormatProvider? provider) => TypedId.Parse<DuplicateId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DuplicateId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
