using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>One selection of households into a programme.</summary>
public readonly record struct EnrolmentRunId(Guid Value) : ITypedId<EnrolmentRunId>
{
    public static string Prefix => "run";

    public static EnrolmentRunId From(Guid value) => new(value);

    public static EnrolmentRunId Parse(string s, IFormatProvider? provider) => TypedId.Parse<EnrolmentRunId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EnrolmentRunId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
