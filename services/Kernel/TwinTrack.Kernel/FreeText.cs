using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>Text that a person writes for other people: a reason, a note, a name.</summary>
public static class FreeText
{
    /// <summary>
    /// Whether the text says something: 1 to <paramref name="max"/> characters, at least one a letter or a digit of any
    /// script. Blanks, marks and invisible characters alone are no reason.
    /// </summary>
    /// <param name="max">UTF-16 code units.</param>
    public static bool IsGiven([NotNullWhen(true)] string? text, int max) =>
        text is not null && text.Length <= max && text.Any(char.IsLetterOrDigit);
}
