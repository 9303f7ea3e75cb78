namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Gathers the lines of one household as they come. A line whose household cannot be read is counted to the household
/// before it: whether it was that household's member or not, what stands around a broken line is not to be paid on.
/// </summary>
public sealed class HouseholdLines
{
    /// <summary>
    /// Lines that one household may have before the file is refused; far above <see cref="HouseholdRules.MembersMax"/>,
    /// so that a long household is only that.
    /// </summary>
    public const int LinesMax = 100;

    private List<RegistryLine> _current = [];
    private string? _id;

    public bool TooLong => _current.Count > LinesMax;

    /// <summary>Takes the next line; answers the household before it when this line begins another one.</summary>
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
