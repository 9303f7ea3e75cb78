using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Jobs;

/// <summary>The next households of a registry file, each as its lines.</summary>
/// <param name="NextByte">Where the first line after them begins.</param>
/// <param name="NextLine">That line's number.</param>
/// <param name="AtEnd">Nothing follows.</param>
internal sealed record RegistryPart(IReadOnlyList<IReadOnlyList<RegistryLine>> Households, long NextByte, long NextLine,
    bool AtEnd);

/// <param name="Row">The line at which it was found.</param>
internal sealed record RegistryFault(Refusal Refusal, long Row);

/// <summary>
/// Reads a stored registry file part by part. The same position gives the same part, so a step can be repeated.
/// </summary>
internal sealed class RegistryReader
{
    private const int HouseholdsMax = 1_000;

    /// <summary>A part ends early when its households are unusually large. This limits a step's memory.</summary>
    private const long PartMaxBytes = 4 * 1024 * 1024;

    private readonly LineReader _lines;
    private readonly CsvHeader _header;
    private readonly HouseholdLines _open = new();
    private readonly List<IReadOnlyList<RegistryLine>> _complete = [];
    private readonly long _fromByte;
    private readonly long _fromLine;
    private long _endByte;

    private RegistryReader(LineReader lines, CsvHeader header, long fromByte, long fromLine)
    {
        (_lines, _header, _fromByte, _fromLine) = (lines, header, fromByte, fromLine);
        _endByte = fromByte;
    }

    /// <param name="path">The stored file.</param>
    /// <param name="fromByte">0 at the beginning, else where the part before ended.</param>
    /// <param name="fromLine">Number of the line there; 1 at the beginning.</param>
    internal static (RegistryPart? Part, RegistryFault? Fault) Read(string path, long fromByte, long fromLine)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var first = new LineReader(file, 0);
        if (!ReadHeader(first).Allows(out var header, out var refusal))
        {
            return (null, new RegistryFault(refusal, 1));
        }

        file.Position = fromByte;
        var lines = new LineReader(file, fromByte);
        if (fromByte > 0)
        {
            return new RegistryReader(lines, header.Header, fromByte, fromLine).Read();
        }

        _ = lines.Next();
        return new RegistryReader(lines, header.Header, header.End, fromLine + 1).Read();
    }

    internal static Result<(CsvHeader Header, long End)> ReadHeader(LineReader lines) =>
        lines.Next().Then<(CsvHeader, long)>(line =>
        line is { } first
            ? CsvHeader.Read(first.Text, RegistryLine.Columns).Then<(CsvHeader, long)>(header => (header, first.End))
            : FileRefusals.Empty);

    private (RegistryPart? Part, RegistryFault? Fault) Read()
    {
        var row = _fromLine;
        while (true)
        {
            if (!_lines.Next().Allows(out var line, out var refusal))
            {
                return (null, new RegistryFault(refusal, row));
            }

            if (line is not { } read)
            {
                return (End(row), null);
            }

            if (!string.IsNullOrWhiteSpace(read.Text)
                && _open.Add(RegistryLine.Cut(row, read.Text, _header)) is { } complete)
            {
                // The line just read begins the next household. If this part ends here, the next part begins with it.
                _complete.Add(complete);
                if (_complete.Count == HouseholdsMax || read.Start - _fromByte > PartMaxBytes)
                {
                    return (new RegistryPart(_complete, read.Start, row, AtEnd: false), null);
                }
            }

            if (_open.TooLong)
            {
                return (null, new RegistryFault(FileRefusals.HouseholdTooLong, row));
            }

            _endByte = read.End;
            row++;
        }
    }

    private RegistryPart End(long row)
    {
        if (_open.End() is { } last)
        {
            _complete.Add(last);
        }

        return new RegistryPart(_complete, _endByte, row, AtEnd: true);
    }
}
