using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TwinTrack.Kernel;

/// <summary>Text that a person writes for other people: a reason, a note, a name.</summary>
public static class FreeText
{
    /// <summary>The letters of Unicode that nobody sees: the Hangul fillers.</summary>
    private static readonly Rune[] Fillers = [new(0x115F), new(0x1160), new(0x3164), new(0xFFA0)];

    /// <summary>
    /// Whether the text says something: 1 to <paramref name="max"/> characters, at least one a letter or a digit of any
    /// script. Blanks, marks and invisible characters alone are no reason.
    /// </summary>
    /// <param name="max">UTF-16 code units.</param>
    public static bool IsGiven([NotNullWhen(true)] string? text, int max) =>
        text is not null && text.Length <= max && text.EnumerateRunes().Any(IsSeen);

    // A letter may take two characters, as in Adlam. So runes are looked at, not characters.
    private static bool IsSeen(Rune rune) => Rune.IsLetterOrDigit(rune) && !Fillers.Contains(rune);
}
