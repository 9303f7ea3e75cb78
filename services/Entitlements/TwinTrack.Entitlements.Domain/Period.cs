using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Domain;

/// <summary>The month that a cycle pays for: <c>2026-11</c>.</summary>
public static class Period
{
    private const int EchoMax = 40;

    public static Result<string> Of(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : new Refusal("cycle.bad_period",
                $"'{(text?.Length > EchoMax ? text[..EchoMax] : text)}' is not a period. Write a year and a month, "
                + "such as 2026-11.", RefusalKind.Invalid);
}
