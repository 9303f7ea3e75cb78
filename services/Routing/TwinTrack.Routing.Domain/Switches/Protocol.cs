using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// One version of the pre-agreed rules of a change of track, for a programme and a part of its area. Never changed: a
/// change is the next version.
/// </summary>
public sealed class Protocol
{
    /// <summary>The area of a programme's own protocol.</summary>
    public const string Everywhere = "*";

    public required string Programme { get; init; }

    /// <summary>A P-code, or with all below it (<see cref="AreaPattern"/>).</summary>
    public required string Area { get; init; }

    /// <summary>From 1, for this programme and area.</summary>
    public required int Version { get; init; }

    /// <summary>ISO 4217, of <see cref="Terms"/>; one for the whole programme.</summary>
    public required string Currency { get; init; }

    public required ProtocolTerms Terms { get; init; }

    /// <summary>Who set it, as <see cref="Actor"/> writes it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As refusals and records name it: <c>psn NE003* v2</c>.</summary>
    public override string ToString() => $"{Programme} {Area} v{Version}";

    public static Result<Protocol> Of(string programme, string area, ProtocolTerms terms, int version, Actor by,
        DateTimeOffset at) => terms.Fault() switch
        {
            _ when !Word.IsCode(programme) =>
                SwitchRefusals.Invalid("programme: a code of 1 to 32 letters, digits, dashes and underscores."),
            _ when !AreaPattern.IsValid(area) =>
                SwitchRefusals.Invalid("area: a P-code, a beginning of one with *, or * alone."),
            { } fault => SwitchRefusals.Invalid(fault),
            _ => new Protocol
            {
                Programme = programme,
                Area = area,
                Version = version,
                Currency = terms.Currency,
                Terms = terms,
                By = by.ToString(),
                At = at
            },
        };
}

/// <param name="Why">One line: which protocol, and beside which others.</param>
public sealed record ChosenProtocol(Protocol Protocol, string Why);

/// <summary>Which protocol a change falls under.</summary>
public static class ProtocolChoice
{
    /// <summary>
    /// Each area falls under the most specific protocol that covers it. All areas of a change must fall under one
    /// protocol, so adding an area cannot avoid its rules. A change of all areas falls under the protocol of <c>*</c>.
    /// </summary>
    /// <param name="latest">The newest version of each area, of one programme.</param>
    /// <param name="areas">P-codes; empty means all.</param>
    public static Result<ChosenProtocol> For(IReadOnlyCollection<Protocol> latest, IReadOnlyCollection<string> areas)
    {
        var byArea = latest.ToDictionary(protocol => protocol.Area);
        var found =
            (areas.Count == 0 ? [Protocol.Everywhere] : areas).Select(
                area => (Area: area, Protocol: MostSpecific(byArea, area))).ToList();
        if (found.Find(row => row.Protocol is null) is { Area: not null } bare)
        {
            return SwitchRefusals.NoProtocol(bare.Area);
        }

        var distinct = found.DistinctBy(row => row.Protocol!.Area).ToList();
        return distinct.Count > 1
            ? SwitchRefusals.MixedProtocols(
                string.Join(", ", distinct.Select(row => $"{row.Area} under {row.Protocol}")))
            : new ChosenProtocol(distinct[0].Protocol!,
                $"{distinct[0].Protocol} is the most specific of "
                    + $"{string.Join(", ", byArea.Keys.Order(StringComparer.Ordinal))}");
    }

    private static Protocol? MostSpecific(Dictionary<string, Protocol> byArea, string area) =>
        AreaPattern.Widening(area).Select(byArea.GetValueOrDefault).FirstOrDefault(protocol => protocol is not null);
}
