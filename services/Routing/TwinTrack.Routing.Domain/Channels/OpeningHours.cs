using System.Globalization;

namespace TwinTrack.Routing.Domain.Channels;

/// <param name="Days">Of the week, in English, three letters: <c>mon</c> to <c>sun</c>.</param>
/// <param name="From">Opens, HH:mm.</param>
/// <param name="Until">The cut-off, HH:mm, later than <paramref name="From"/>; 24:00 for the day's end.</param>
public sealed record OpeningWindow(IReadOnlyList<string> Days, string From, string Until);

/// <summary>
/// When a provider takes payments. Outside these hours its gate is closed as by a pause: nothing leaves, and the queue
/// is kept.
/// </summary>
/// <param name="UtcOffsetMinutes">The provider's clock against UTC; -720 to 840.</param>
public sealed record OpeningHours(IReadOnlyList<OpeningWindow> Windows, int UtcOffsetMinutes = 0)
{
    private const int WindowsMax = 20;
    private const int DayMinutes = 24 * 60;
    private static readonly string[] Week = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Fault() => this switch
    {
        { UtcOffsetMinutes: < -720 or > 840 } => "hours.utcOffsetMinutes: -720 to 840.",
        { Windows: null or { Count: 0 or > WindowsMax } } => $"hours.windows: 1 to {WindowsMax}.",
        _ when Windows.Any(window => window.Days is null or { Count: 0 } || window.Days.Except(Week).Any()) =>
            $"hours.windows: days are some of {string.Join(", ", Week)}.",
        _ when Windows.Any(
            window => Minute(window.From) is not { } from || Minute(window.Until) is not { } until || until <= from) =>
            "hours.windows: from and until are HH:mm, until later than from (24:00 ends the day).",
        _ => null,
    };

    public override string ToString()
    {
        var windows = Windows.Select(
            window => $"{string.Join(',', window.Days)}:{window.From}-{window.Until}");
        return string.Create(CultureInfo.InvariantCulture, $"{UtcOffsetMinutes} {string.Join(' ', windows)}");
    }

    public bool IsOpen(DateTimeOffset at) => IsOpenLocal(at.ToOffset(TimeSpan.FromMinutes(UtcOffsetMinutes)));

    /// <summary>The next moment at which it opens or closes, within eight days; null when it never changes.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset at)
    {
        var local = at.ToOffset(TimeSpan.FromMinutes(UtcOffsetMinutes));
        var open = IsOpenLocal(local);
        var midnight = new DateTimeOffset(local.Date, local.Offset);
        return Enumerable.Range(0, 9).Select(day => midnight.AddDays(day))
            .SelectMany(
            day => Windows.SelectMany(
                window => (DateTimeOffset[])[day.AddMinutes(Minute(window.From)!.Value),
                    day.AddMinutes(Minute(window.Until)!.Value)]))
            .Where(edge => edge > local && IsOpenLocal(edge) != open).Select(edge => (DateTimeOffset?)edge).Min();
    }

    private bool IsOpenLocal(DateTimeOffset local)
    {
        var (day, minute) = (Week[(int)local.DayOfWeek], local.TimeOfDay.TotalMinutes);
        return Windows.Any(
            window => window.Days.Contains(day) && minute >= Minute(window.From) && minute < Minute(window.Until));
    }

    private static int? Minute(string? text) =>
        text == "24:00" ? DayMinutes
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Hour * 60 + time.Minute
        : null;
}
