using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>
/// One area by its P-code (<c>NE003</c>), or with all areas below it (<c>NE003*</c>); <c>*</c> alone means everywhere.
/// P-codes are hierarchical: each begins with its parent's P-code (OCHA, Common Operational Datasets, administrative
/// boundaries).
/// </summary>
public static class AreaPattern
{
    private const char Below = '*';

    public static bool IsValid(string? text) =>
        text is { Length: > 0 }
            && (text.Length == 1 && text[0] == Below || Word.IsCode(text[^1] == Below ? text[..^1] : text));

    public static bool Covers(string pattern, string area) =>
        pattern[^1] == Below ? area.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : pattern == area;

    /// <summary>Empty means everywhere.</summary>
    public static bool Covers(IReadOnlySet<string> patterns, string area) =>
        patterns.Count == 0 || Widening(area).Any(patterns.Contains);

    /// <summary>
    /// The patterns that cover the area, the most specific first: <c>NE003, NE003*, NE00*, NE0*, NE*, N*, *</c>.
    /// </summary>
    public static IEnumerable<string> Widening(string area)
    {
        yield return area;
        for (var length = area.Length; length >= 0; length--)
        {
            yield return area[..length] + Below;
        }
    }
}
