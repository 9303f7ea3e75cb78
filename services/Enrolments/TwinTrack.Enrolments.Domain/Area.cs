using System.Text.RegularExpressions;
using TwinTrack.Kernel;
using static TwinTrack.Kernel.RefusalKind;

namespace TwinTrack.Enrolments.Domain;

/// <summary>An administrative area.</summary>
/// <param name="Pcode">OCHA P-code; 2 to 20 capital letters and digits.</param>
/// <param name="Parent">
/// P-code of the area that contains it, as given, because codes do not always begin with their parent's. Null at the
/// top.
/// </param>
public sealed partial record Area(string Pcode, string Name, string? Parent)
{
    public static readonly IReadOnlyList<string> Columns = ["pcode", "name", "parent"];

    private static readonly Refusal PcodeUnreadable = new(
        "area.pcode_unreadable", "A P-code is 2 to 20 capital letters and digits.", Invalid);
    private static readonly Refusal Repeated = new("area.repeated", "This P-code stands in the file before.", Invalid);
    private static readonly Refusal ParentUnknown = new(
        "area.parent_unknown", "No area of this P-code is registered or in the file.", Invalid);
    private static readonly Refusal Circle = new("area.circle", "This area would lie within itself.", Invalid);

    /// <summary>
    /// Reads a file of areas and compares it with the known areas. Returns all areas, or the errors. Later rows may be
    /// parents of earlier rows.
    /// </summary>
    /// <param name="lines">Lines without the header. The first is line 2 of the file.</param>
    public static (IReadOnlyList<Area> Areas, IReadOnlyList<RowError> Errors) ReadAll(
        CsvHeader header, IReadOnlyList<string> lines, IReadOnlyDictionary<string, Area> known)
    {
        var errors = new List<RowError>();
        var read = new Dictionary<string, (long Row, Area Area)>();
        for (var index = 0; index < lines.Count; index++)
        {
            var row = index + 2L;
            if (lines[index].Trim().Length > 0 && Read(row, lines[index], header, errors) is { } area
                && !read.TryAdd(area.Pcode, (row, area)))
            {
                errors.Add(RowError.Of(row, "pcode", Repeated));
            }
        }

        foreach (var (row, area) in read.Values)
        {
            if (area.Parent is { } parent && !read.ContainsKey(parent) && !known.ContainsKey(parent))
            {
                errors.Add(RowError.Of(row, "parent", ParentUnknown));
            }
            else if (InCircle(
                area, code => read.TryGetValue(code, out var fresh)
                    ? fresh.Area.Parent : known.GetValueOrDefault(code)?.Parent))
            {
                errors.Add(RowError.Of(row, "parent", Circle));
            }
        }

        return ([.. read.Values.Select(entry => entry.Area)], [.. errors.OrderBy(error => error.Row)]);
    }

    /// <summary>The named areas and everything below them.</summary>
    public static HashSet<string> WithAllBelow(IEnumerable<string> named, IReadOnlyCollection<Area> all)
    {
        var children = all.Where(area => area.Parent is not null).ToLookup(area => area.Parent!, area => area.Pcode);
        var found = named.ToHashSet();
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var code))
        {
            foreach (var child in children[code].Where(found.Add))
            {
                open.Enqueue(child);
            }
        }

        return found;
    }

    private static Area? Read(long row, string line, CsvHeader header, List<RowError> errors)
    {
        if (!CsvLine.Cut(line).Allows(out var fields, out var broken))
        {
            errors.Add(RowError.Of(row, RowError.WholeRow, broken));
            return null;
        }

        if (fields.Count != header.Count)
        {
            errors.Add(RowError.Of(row, RowError.WholeRow, FileRefusals.WrongColumns(fields.Count, header.Count)));
            return null;
        }

        var area =
            new Area(fields[header.PlaceOf(0)].Trim(), fields[header.PlaceOf(1)].Trim(),
                fields[header.PlaceOf(2)].Trim() is { Length: > 0 } parent ? parent : null);
        var refusals = new List<(string Field, Refusal Refusal)>();
        if (!Form().IsMatch(area.Pcode))
        {
            refusals.Add(("pcode", PcodeUnreadable));
        }

        if (area.Name.Length == 0 || Fields.Fault(area.Name) is not null)
        {
            refusals.Add(("name", Fields.Fault(area.Name) ?? FieldRefusals.Missing));
        }

        if (area.Parent is not null && !Form().IsMatch(area.Parent))
        {
            refusals.Add(("parent", PcodeUnreadable));
        }

        errors.AddRange(refusals.Select(one => RowError.Of(row, one.Field, one.Refusal)));
        return refusals.Count == 0 ? area : null;
    }

    private static bool InCircle(Area area, Func<string, string?> parentOf)
    {
        var seen = new HashSet<string> { area.Pcode };
        for (var above = area.Parent; above is not null; above = parentOf(above))
        {
            if (!seen.Add(above))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("^[A-Z0-9]{2,20}$")]
    private static partial Regex Form();
}
