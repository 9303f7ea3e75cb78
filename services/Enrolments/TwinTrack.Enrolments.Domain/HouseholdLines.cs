namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Collects the lines of one household as they come. A line whose household cannot be read counts for the household
/// before it. That household is then rejected, because the line may be one of its members.
/// </summary>
public sealed class HouseholdLines
{
    /// <summary>
    /// Most lines of one household before the file is refused. It is far above <see cref="HouseholdRules.MembersMax"/>,
    /// so a large household alone is rejected, not the file.
    /// </summary>
    public const int LinesMax = 100;

    private List<RegistryLine> _current = [];
    private string? _id;

    public bool TooLong => _current.Count > LinesMax;

    /// <summary>Takes the next line. Returns the household before it when this line begins another one.</summary>
    public IReadOnlyList<RegistryLine>? Add(RegistryLine line)
    {
        if (_current.Count == 0 || line.HouseholdId is null || line.HouseholdId == _id)
        {
            _id ??= line.HouseholdId;
            _current.Add(line);
            return null;
        }

        var complete = _current;
        _current = [line];
        _id = line.HouseholdId;
        return complete;
    }

    /// <summary>The last household, at the end of the file; null when there is none.</summary>
    public IReadOnlyList<RegistryLine>? End() => _current.Count == 0 ? null : _current;
}
