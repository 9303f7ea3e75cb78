using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>One document, callback or statement as it came.</summary>
public readonly record struct EvidenceId(Guid Value) : ITypedId<EvidenceId>
{
    public static string Prefix => "evd";

    public static EvidenceId From(Guid value) => new(value);

    public static EvidenceId Parse(string s, IFormatProvider? provider) => TypedId.Parse<EvidenceId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EvidenceId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
