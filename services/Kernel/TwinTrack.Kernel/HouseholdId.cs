using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>
/// A household of the social registry. Owned by Enrolments. Every service that pays the household uses this id.
/// </summary>
public readonly record struct HouseholdId(Guid Value) : ITypedId<HouseholdId>
{
    public static string Prefix => "hh";

    public static HouseholdId From(Guid value) => new(value);

    public static HouseholdId Parse(string s, IFormatProvider? provider) => TypedId.Parse<HouseholdId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HouseholdId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
