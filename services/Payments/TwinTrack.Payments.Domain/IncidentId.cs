using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// Something that people must see to. Made from the instruction and the contradiction, so that a repeated report opens
/// no second one.
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
