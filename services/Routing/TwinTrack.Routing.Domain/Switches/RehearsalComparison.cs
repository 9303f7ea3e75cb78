namespace TwinTrack.Routing.Domain.Switches;

/// <summary>One figure of two rehearsals.</summary>
/// <param name="Measure">
/// E.g. <c>unreachable:area</c>; amounts and fees in minor units, times in seconds after the rehearsal.
/// </param>
public sealed record Figure(string Measure, long Left, long Right)
{
    public long Difference => Right - Left;
}

/// <summary>Two rehearsals side by side.</summary>
/// <param name="SameList">Whether both are about the very same obligations.</param>
/// <param name="SameTable">Whether both went by the same version of the routing table.</param>
public sealed record RehearsalComparison(bool SameList, bool SameTable, IReadOnlyList<Figure> Figures)
{
    public static RehearsalComparison Of(Rehearsal left, Rehearsal right)
    {
        var (one, other) = (FiguresOf(left), FiguresOf(right));
        return new RehearsalComparison(
            left.ListHash == right.ListHash,
            left.TableVersion == right.TableVersion,
            [.. one.Keys.Union(other.Keys).Order(StringComparer.Ordinal).Select(
                measure => new Figure(measure, one.GetValueOrDefault(measure), other.GetValueOrDefault(measure)))]);
    }

    private static Dictionary<string, long> FiguresOf(Rehearsal of)
    {
        var figures = new Dictionary<string, long>
        {
            ["obligations"] = of.Obligations,
            ["obligations:minor"] = of.AmountMinor,
            ["unreachable"] = of.Unreachable.Sum(row => row.Count),
            ["unreachable:minor"] = of.Unreachable.Sum(row => row.AmountMinor),
            ["fees:minor"] = of.Fees.Sum(row => row.FeeMinor),
            ["in_doubt"] = of.StaysInDoubt.Count,
            ["in_doubt:minor"] = of.StaysInDoubt.AmountMinor,
            ["in_doubt:seconds"] = of.Waits.Select(row => (long)(row.Until - of.At).TotalSeconds).DefaultIfEmpty(0)
                .Max(),
            ["finish:seconds"] = of.Finish.Select(row => (long)(row.FinishAt - of.At).TotalSeconds).DefaultIfEmpty(0)
                .Max(),
        };
        foreach (var row in of.ByDisposition)
        {
            figures[$"disposition:{row.Disposition}"] = row.Count;
        }

        foreach (var row in of.UnreachableByReason)
        {
            figures[$"unreachable:{row.Reason}"] = row.Count;
        }

        foreach (var row in of.Fees)
        {
            figures[$"to:{row.Channel}"] = row.Count;
        }

        return figures;
    }
}
