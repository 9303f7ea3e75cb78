using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// A contradiction that people must resolve. The id follows from instruction and contradiction, so a repeated report
/// opens no second incident.
/// </summary>
public readonly record struct IncidentId(Guid Value) : ITypedId<IncidentId>
{
    public static string Prefix => "inc";

    public static IncidentId From(Guid value) => new(value);

    public static IncidentId Of(InstructionId instruction, Contradiction contradiction) =>
        new(DerivedId.From($"{instruction}|{contradiction}"));

    public static IncidentId Parse(string s, IFormatProvider? provider) => TypedId.Parse<IncidentId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IncidentId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
