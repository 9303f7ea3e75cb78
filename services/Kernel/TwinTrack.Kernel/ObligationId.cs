using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>
/// The id of a payable: programme, cycle, household and component. It has the number of its entitlement, so it cannot
/// be made twice.
/// </summary>
public readonly record struct ObligationId(Guid Value) : ITypedId<ObligationId>
{
    public static string Prefix => "obl";

    public static ObligationId From(Guid value) => new(value);

    public static ObligationId Parse(string s, IFormatProvider? provider) => TypedId.Parse<ObligationId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ObligationId result) =>
        TypedId.TryParse(s, out result);

    /// <summary>Lets code read obligations in the database's order.</summary>
    public static bool operator >(ObligationId left, ObligationId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <(ObligationId left, ObligationId right) => right > left;

    public override string ToString() => this.Text;
}
