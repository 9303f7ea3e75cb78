using TwinTrack.Kernel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <param name="FundingSource">Code; empty where it is not known.</param>
/// <param name="Drawn">Starts of their parts in the share draw and the pilot draw.</param>
/// <param name="Named">Whether this is one obligation that a rule names.</param>
/// <param name="Channel">Null when the target track does not reach these households.</param>
public sealed record TargetRoute(string Area, Instrument Instrument, string FundingSource, ObligationDraw Drawn,
    Kernel.ObligationId? Named, string? Channel);

/// <summary>
/// The hash that a vote is bound to: SHA-256, 64 hex digits. It covers scope, list, amounts, table version and the
/// channels' opening hours. It also covers the version of each rule for these areas, and every distinguishable route.
/// Codes hold no spaces or line feeds (<see cref="Word.IsCode"/>), so two contents never share a text; <c>*</c> means
/// none. Payment progress, used ceilings and the current time are not in it. So a vote stays valid while payments go
/// on.
/// </summary>
public static class SwitchHash
{
    /// <param name="routes">Of every counted line.</param>
    public static string Of(SwitchScope scope, DispositionCount count,
        IEnumerable<(DispositionCountLine Line, Route Route)> routes, RoutingFacts facts) => Of(
        scope,
        count.ListHash,
        count.Obligations,
        count.AmountMinor,
        routes.Select(
            way => new TargetRoute(way.Line.Area, way.Line.Instrument, way.Line.FundingSource, way.Line.Drawn(),
                way.Line.Named, way.Route.Channel?.Code)),
        facts.Table.Version,
        facts.Terms.Rules.NamesFor([.. count.Lines.Select(line => line.Area).Distinct()])
            .Concat(facts.Channels.Values.Where(channel => channel.Hours is not null)
                .Select(channel => $"hours {channel.Code} {channel.Hours}")));

    /// <param name="terms">Further agreed terms, one per line.</param>
    public static string Of(
        SwitchScope scope, string listHash, long obligations, long amountMinor, IEnumerable<TargetRoute> routes,
        int tableVersion, IEnumerable<string> terms) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(Text(scope, listHash, obligations, amountMinor, routes, tableVersion, terms))));

    private static string Text(
        SwitchScope scope, string listHash, long obligations, long amountMinor, IEnumerable<TargetRoute> routes,
        int tableVersion, IEnumerable<string> terms)
    {
        var text = new StringBuilder();
        Line(text, $"switch 2 {scope.Programme} {scope.CycleId} to {scope.ToTrack}");
        foreach (var area in scope.Areas.Distinct().Order(StringComparer.Ordinal))
        {
            Line(text, $"area {area}");
        }

        foreach (var channel in scope.FromChannels.Distinct().Order(StringComparer.Ordinal))
        {
            Line(text, $"from {channel}");
        }

        if (scope.PilotPercent is { } pilot)
        {
            Line(text, $"pilot {pilot}");
        }

        Line(text, $"list {listHash} {obligations} {amountMinor}");
        Line(text, $"table {tableVersion}");
        foreach (var term in terms.Distinct().Order(StringComparer.Ordinal))
        {
            Line(text, $"term {term}");
        }

        foreach (var route in routes.Select(Read).Distinct().Order(StringComparer.Ordinal))
        {
            Line(text, $"{route}");
        }

        return text.ToString();
    }

    private static string Read(TargetRoute route) => string.Create(
        CultureInfo.InvariantCulture,
        $"route {route.Area} {Word.Of(route.Instrument)} {Code(route.FundingSource)} {route.Drawn.Share} "
            + $"{route.Drawn.Pilot} {route.Named?.ToString() ?? None} {route.Channel ?? None}");

    private const string None = "*";

    private static string Code(string code) => code.Length == 0 ? None : code;

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
