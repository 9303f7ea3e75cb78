namespace TwinTrack.Enrolments.Features;

/// <param name="Next">Give it as <c>after</c> to read on; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    internal const int SizeMax = 1_000;

    internal static int Size(int? limit) => Math.Clamp(limit ?? SizeMax, 1, SizeMax);

    internal static Page<T> Of<T>(IReadOnlyList<T> items, int size, Func<T, string> cursor) =>
        new(items, items.Count == size ? cursor(items[^1]) : null);
}
