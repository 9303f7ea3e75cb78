using TwinTrack.Kernel;
using static TwinTrack.Kernel.RefusalKind;

namespace TwinTrack.Enrolments.Domain;

/// <summary>The first line of a file: exactly the wanted columns, in any order.</summary>
public sealed class CsvHeader
{
    private const char ByteOrderMark = '\uFEFF';
    private const int EchoMax = 40;

    private readonly int[] _places;

    private CsvHeader(int[] places) => _places = places;

    public int Count => _places.Length;

    /// <summary>The position of the wanted column in this file. Both count from 0.</summary>
    public int PlaceOf(int column) => _places[column];

    /// <param name="line">Without its line end.</param>
    /// <param name="wanted">Names in the order in which <see cref="PlaceOf"/> counts them.</param>
    public static Result<CsvHeader> Read(string line, IReadOnlyList<string> wanted)
    {
        if (!CsvLine.Cut(line.TrimStart(ByteOrderMark)).Allows(out var cut, out _))
        {
            return FileRefusals.NoHeader;
        }

        var names = cut.Select(name => name.Trim()).ToList();
        if (!names.Any(wanted.Contains))
        {
            // The line may be the first household, so its text must not be repeated in an answer.
            return FileRefusals.NoHeader;
        }

        if (names.Find(name => !wanted.Contains(name)) is { } unknown)
        {
            return new Refusal("header.unknown_column",
                $"Column '{Echo(unknown)}' is not known. The columns are: {string.Join(",", wanted)}.", Invalid);
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            return new Refusal("header.repeated_column", $"Column '{repeated.Key}' stands twice in the header.",
                Invalid);
        }

        return wanted.FirstOrDefault(name => !names.Contains(name)) is { } missing
            ? new Refusal("header.missing_column",
                $"Column '{missing}' is missing. The columns are: {string.Join(",", wanted)}.", Invalid)
            : new CsvHeader([.. wanted.Select(name => names.IndexOf(name))]);
    }

    private static string Echo(string name) =>
        new([.. name.Take(EchoMax)
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or ' ' ? letter : '?')]);
}
