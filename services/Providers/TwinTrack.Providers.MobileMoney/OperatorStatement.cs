using System.Globalization;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.MobileMoney.MobileMoneyRefusals;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// The operator's account of what it paid, as CSV (README, "Statement"). It is accepted or refused as a whole. A
/// skipped line, or a cut file, would make a paid order look absent. Absence from a final statement frees the
/// obligation.
/// </summary>
internal static class OperatorStatement
{
    private const int BytesMax = 256 * 1024 * 1024;
    private const int FieldMax = 100;
    private const string Head = "statement,final,covers_from,covers_until,lines";
    private const string Columns = "reference,type,amount,currency,date,operator_reference";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Result<Statement> Read(Currency currency, byte[] content)
    {
        if (content.Length > BytesMax || Decode(content) is not { } text)
        {
            return StatementSize(BytesMax);
        }

        var rows = text.Split('\n').Select(row => row.TrimEnd('\r')).ToList();
        if (rows[^1].Length > 0)
        {
            return StatementRow(rows.Count, "line", "is not ended by a line feed; the file is cut");
        }

        rows.RemoveAt(rows.Count - 1);
        if (rows.ElementAtOrDefault(0) != Head)
        {
            return StatementRow(1, "header", $"must be {Head}");
        }

        if (rows.ElementAtOrDefault(2) != Columns)
        {
            return StatementRow(3, "header", $"must be {Columns}");
        }

        return ReadHead(rows[1]).Then(head => ReadLines(currency, rows[3..]).Then(lines => lines.Count == head.Lines
            ? new Statement(head.Reference, head.Final, head.CoversFrom, head.CoversUntil, lines)
            : (Result<Statement>)StatementRow(
                2, "lines", "does not match the number of lines that follow; the file is cut or mixed up")));
    }

    private static Result<(string Reference, bool Final, DateTimeOffset CoversFrom, DateTimeOffset CoversUntil,
        int Lines)> ReadHead(string row)
    {
        if (row.Split(',') is not [var reference, var final, var from, var until, var count])
        {
            return StatementRow(2, "header", "must have 5 fields");
        }

        if (!IsPlain(reference))
        {
            return StatementRow(2, "statement", $"must be 1 to {FieldMax} plain characters");
        }

        if (final is not ("true" or "false"))
        {
            return StatementRow(2, "final", "must be true or false");
        }

        if (Instant(from) is not { } begin)
        {
            return StatementRow(2, "covers_from", "must be an instant such as 2026-03-01T00:00:00Z");
        }

        if (Instant(until) is not { } end)
        {
            return StatementRow(2, "covers_until", "must be an instant such as 2026-03-31T22:00:00Z");
        }

        return int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var lines)
            ? (reference, final == "true", begin, end, lines)
            : StatementRow(2, "lines", "must be a whole number");
    }

    private static DateTimeOffset? Instant(string text) =>
        text.EndsWith('Z')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static Result<List<StatementLine>> ReadLines(Currency currency, List<string> rows)
    {
        var lines = new List<StatementLine>(rows.Count);
        var seen = new HashSet<(bool, string)>();
        for (var at = 0; at < rows.Count; at++)
        {
            // Rows are numbered as an editor shows them; lines from 1.
            if (!ReadLine(currency, at + 4, at + 1, rows[at]).Allows(out var line, out var refusal))
            {
                return refusal;
            }

            if (!seen.Add((line.Returned, line.ProviderReference!)))
            {
                return StatementRow(at + 4, "operator_reference", "stands in the file twice for the same type");
            }

            lines.Add(line);
        }

        return lines;
    }

    private static Result<StatementLine> ReadLine(Currency currency, int row, int number, string text)
    {
        if (text.Split(',') is not [var reference, var type, var amount, var money, var day, var theirs])
        {
            return StatementRow(row, "line", "must have 6 fields without quotes");
        }

        if (reference.Length > 0 && !IsPlain(reference))
        {
            return StatementRow(row, "reference", $"must be at most {FieldMax} plain characters");
        }

        if (type is not ("paid" or "returned"))
        {
            return StatementRow(row, "type", "must be paid or returned");
        }

        if (money != currency.Code)
        {
            return StatementRow(row, "currency", $"must be {currency.Code}");
        }

        if (!currency.Parse(amount).Allows(out var minor, out _) || minor == 0)
        {
            return StatementRow(row, "amount",
                $"must be above zero in {currency.Code} with at most {currency.Exponent} decimals");
        }

        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return StatementRow(row, "date", "must be yyyy-MM-dd");
        }

        return IsPlain(theirs)
            ? new StatementLine(number, WireReference.TryRead(reference, out var ours) ? WireReference.Of(ours) : null,
                type == "returned", minor, currency.Code, date, theirs)
            : StatementRow(row, "operator_reference", $"must be 1 to {FieldMax} plain characters");
    }

    private static bool IsPlain(string field) =>
        field.Length is > 0 and <= FieldMax && field.All(letter => letter is > ' ' and <= '~' and not '"');

    private static string? Decode(byte[] content)
    {
        try
        {
            return Utf8.GetString(content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
