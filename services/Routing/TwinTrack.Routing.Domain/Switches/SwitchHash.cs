using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Switches;

/// <param name="Channel">Null when the target track does not reach these households.</param>
public sealed record TargetRoute(string Area, Instrument Instrument, string? Channel);

/// <summary>
/// What a vote is bound to: SHA-256, 64 hex digits, over scope, list, amounts, target routes and table version. Codes hold neither spaces nor line
/// feeds (<see cref="Word.IsCode"/>), so no two contents share a text. How far payments have got is not in it: a vote outlives a payment.
/// </summary>
public static class SwitchHash
{
    public static string Of(SwitchScope scope, string listHash, long obligations, long amountMinor, IEnumerable<TargetRoute> routes, int tableVersion) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(scope, listHash, obligations, amountMinor, routes, tableVersion))));

    private static string Text(SwitchScope scope, string listHash, long obligations, long amountMinor, IEnumerable<TargetRoute> routes, int tableVersion)
    {
        var text = new StringBuilder();
        Line(text, $"switch 1 {scope.Programme} {scope.CycleId} to {scope.ToTrack}");
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
        foreach (var route in routes.Distinct().OrderBy(route => route.Area, StringComparer.Ordinal).ThenBy(route => route.Instrument))
        {
            Line(text, $"route {route.Area} {Word.Of(route.Instrument)} {route.Channel ?? "-"}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
