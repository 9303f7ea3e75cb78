using System.Globalization;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Simulation.Providers;

/// <summary>
/// The simulated providers' documents: lines of words with bars between, the first line a name that no other document
/// has.
/// </summary>
internal static class SimulatedDocuments
{
    private const string Instant = "O";

    public static Document Write(string name, IEnumerable<Answer> answers)
    {
        var text = new StringBuilder(name).Append('\n');
        foreach (var answer in answers)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{answer.Reference}|{answer.Verdict.Outcome}|{answer.Verdict.Grade}|{answer.Verdict.Code}\n");
        }

        return new Document(name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    public static Result<Reading> Read(Document document) => new Reading([], [.. Lines(document).Skip(1).Select(words =>
        new Answer(words[0], new Verdict(Enum.Parse<Outcome>(words[1]), Enum.Parse<Grade>(words[2]), words[3])))]);

    public static byte[] Write(Statement statement)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{statement.Reference}|{statement.Final}|"
                + $"{statement.CoversFrom.ToString(Instant, CultureInfo.InvariantCulture)}|"
                + $"{statement.CoversUntil.ToString(Instant, CultureInfo.InvariantCulture)}\n");
        foreach (var line in statement.Lines)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{line.Reference}|{line.Returned}|{line.AmountMinor}|{line.Currency}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static Result<Statement> ReadStatement(Document document)
    {
        var lines = Lines(document).ToList();
        var until = At(lines[0][3]);
        return new Statement(
            lines[0][0], bool.Parse(lines[0][1]), At(lines[0][2]), until,
            [.. lines.Skip(1).Select((words, index) => new StatementLine(
                index + 1, words[0], bool.Parse(words[1]), long.Parse(words[2], CultureInfo.InvariantCulture), words[3],
                DateOnly.FromDateTime(until.UtcDateTime), null))]);
    }

    private static IEnumerable<string[]> Lines(Document document) =>
        Encoding.UTF8.GetString(document.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|'));

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, Instant, CultureInfo.InvariantCulture);
}
