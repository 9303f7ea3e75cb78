using System.Text.RegularExpressions;

namespace TwinTrack.Proving.Scenarios.Language;

/// <summary>
/// The words of one line, read one after the other. A text between quotes is one word, a comma too; what stands behind
/// # is a comment.
/// </summary>
internal sealed partial class Words
{
    private readonly List<string> _words;

    private Words(List<string> words) => _words = words;

    public int At { get; set; }

    public bool IsEmpty => _words.Count == 0;

    /// <summary>The word at this place, or that there is none.</summary>
    public string Shown => At < _words.Count ? $"'{_words[At]}'" : "the end of the line";

    public static Words Of(string line) => new(
        [.. Word().Matches(line).Select(match => match.Value).TakeWhile(word => word[0] != '#')]);

    /// <summary>The line without its comment.</summary>
    public static string WithoutComment(string line) =>
        Word().Matches(line).FirstOrDefault(match => match.Value[0] == '#') is { } comment
            ? line[..comment.Index].Trim() : line.Trim();

    /// <summary>The next word, passed over; null at the end.</summary>
    public string? Next() => At < _words.Count ? _words[At++] : null;

    public bool Take(string word)
    {
        if (At < _words.Count && string.Equals(_words[At], word, StringComparison.OrdinalIgnoreCase))
        {
            At++;
            return true;
        }

        return false;
    }

    /// <summary>Takes all the words of a phrase, or none.</summary>
    public bool TakeAll(string phrase)
    {
        var from = At;
        if (phrase.Split(' ').All(Take))
        {
            return true;
        }

        At = from;
        return false;
    }

    [GeneratedRegex("""#.*|"[^"]*"|,|%|<=|>=|[<>=]|[^\s,%<>=#"]+|["]""", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Word();
}
