using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>Checks a definition and returns the first faulty field.</summary>
internal static class FormatCheck
{
    private const int ColumnsMax = 64;
    private const int HeaderMax = 100;

    private static readonly string[] Keys = ["payment_id", "obligation_id"];
    private static readonly string[] Separators = [",", ";", "\t", "|"];
    private static readonly string[] AckFields = ["list", "status", "reason", "rows", "sum", "sha256"];
    private static readonly string[] ReturnFields =
        [.. Keys, "status", "amount", "date", "reason", "reference", "list_closed"];
    private static readonly string[] StopFields = [.. Keys, "status", "reason"];
    private static readonly string[] AckWords = ["accepted", "refused", "duplicate"];
    private static readonly string[] ReturnWords = ["delivered", "partial", "not_delivered", "unsuccessful", "pending"];
    private static readonly string[] StopWords = ["stopped", "refused"];

    /// <summary>Where and why, or null. The sections are all there.</summary>
    internal static (string Field, string Why)? Fault(PartnerFormat format, Currency currency) =>
        Named(format.Name is { Length: > 0 and <= HeaderMax }, "name", "must have 1 to 100 characters")
        ?? List("list", format.List!, Keys[0], currency)
        ?? List("stop", format.Stop!, Keys[0], currency)
        ?? Answer("acknowledgement", format.Acknowledgement!, AckFields, ["list", "status"], AckWords)
        ?? Answer("returns", format.Returns!, ReturnFields,
            format.Returns!.Says == ReturnMeaning.Quantity ? ["amount"] : ["status"], ReturnWords)
        ?? OneKey("returns", format.Returns!)
        ?? Answer("stopAnswer", format.StopAnswer!, StopFields, ["status"], StopWords)
        ?? OneKey("stopAnswer", format.StopAnswer!)
        ?? Named(
            format.Acknowledgement!.Says == ReturnMeaning.Status && format.StopAnswer!.Says == ReturnMeaning.Status,
            "says", "quantity is for returns only");

    private static (string, string)? List(string section, ListForm form, string key, Currency currency)
    {
        var headers = form.Columns.Select(column => column.Header).ToList();
        var fields = form.Columns.Select(column => column.Field).OfType<string>().ToList();
        var unknown = fields.Find(field => !ListFields.Names.Contains(field));
        var torn = form.Columns.FirstOrDefault(column => column.Field is null == column.Value is null);
        return Table(section, form)
            ?? Named(form.Columns.Count is > 0 and <= ColumnsMax, $"{section}.columns", $"must be 1 to {ColumnsMax}")
            ?? Named(headers.TrueForAll(header => header is { Length: > 0 and <= HeaderMax }),
                $"{section}.columns.header", "must have 1 to 100 characters")
            ?? Named(Distinct(headers), $"{section}.columns.header", "is there twice")
            ?? Named(unknown is null, $"{section}.columns.field",
                $"'{unknown}' is none of {string.Join(", ", ListFields.Names)}")
            ?? Named(torn is null, $"{section}.columns", $"'{torn?.Header}' needs either a field or a value")
            ?? Named(fields.Contains(key), $"{section}.columns.field",
                $"{key} must be among them, or no answer could name a payment")
            ?? Named(section != "list" || fields.Contains("amount"), $"{section}.columns.field",
                "amount must be among them")
            ?? Named(form.Decimals is null || (form.Decimals >= currency.Exponent && form.Decimals <= 6),
                $"{section}.decimals", $"must be {currency.Exponent} to 6 in {currency.Code}");
    }

    private static (string, string)? Answer(string section, AnswerForm form, string[] fields, string[] needed,
        string[] words)
    {
        var unknown = form.Columns.Keys.FirstOrDefault(field => !fields.Contains(field));
        var missing = needed.FirstOrDefault(field => !form.Columns.ContainsKey(field));
        var word = form.Words.Values.FirstOrDefault(ours => !words.Contains(ours));
        return Table(section, form)
            ?? Named(unknown is null, $"{section}.columns.{unknown}", $"is none of {string.Join(", ", fields)}")
            ?? Named(missing is null, $"{section}.columns.{missing}", "is missing")
            ?? Named(form.Columns.Values.All(header => header is { Length: > 0 and <= HeaderMax } && header != "?"),
                $"{section}.columns", "a header must have 1 to 100 characters")
            ?? Named(Distinct(form.Columns.Values.Select(header => header.TrimEnd('?'))), $"{section}.columns",
                "two of them have one header")
            ?? Named(form.HeaderRow is >= 1 and <= 100, $"{section}.headerRow", "must be 1 to 100")
            ?? Named(form.Words.Count <= 200, $"{section}.words", "must be at most 200")
            ?? Named(Distinct(form.Words.Keys), $"{section}.words", "one stands there twice")
            ?? Named(word is null, $"{section}.words", $"'{word}' is none of {string.Join(", ", words)}");
    }

    /// <summary>Only one key column is allowed, because two could disagree.</summary>
    private static (string, string)? OneKey(string section, AnswerForm form) =>
        Named(form.Columns.Keys.Count(Keys.Contains) == 1, $"{section}.columns",
            $"exactly one of {string.Join(" and ", Keys)} must be there");

    private static (string, string)? Table(string section, TableForm form) =>
        Named(Separators.Contains(form.Separator), $"{section}.separator", "must be comma, semicolon, tab or bar")
        ?? Named(TextForm.Known(form.Encoding), $"{section}.encoding",
            $"must be one of {string.Join(", ", TextForm.Names)}")
        ?? Named(form.Point is "." or ",", $"{section}.point", "must be a point or a comma")
        ?? Named(
            form.Sheet is null
                || (form.Sheet.Length is > 0 and <= 31
                    && form.Sheet.IndexOfAny(['\\', '/', '?', '*', '[', ']', ':']) < 0), $"{section}.sheet",
                    "is no name of a sheet")
        ?? Named(IsDate(form.Dates), $"{section}.dates", "is no format of a date that can be read back");

    private static bool IsDate(string format)
    {
        // The date form must tell day from month and must have the century.
        var day = new DateOnly(2026, 11, 30);
        try
        {
            return format.Length is > 0 and <= 30 && DateOnly.TryParseExact(
                day.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var read) && read == day && format.Contains("yyyy", StringComparison.Ordinal);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Distinct(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return names.All(seen.Add);
    }

    private static (string, string)? Named(bool holds, string field, string why) => holds ? null : (field, why);
}
