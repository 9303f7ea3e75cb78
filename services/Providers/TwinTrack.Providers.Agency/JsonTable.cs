using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Reads an array of flat objects, or an object that holds the array, one object at a time. A row's number is its place
/// in the array. Amounts may be numbers or text.
/// </summary>
internal static class JsonTable
{
    private const int DepthMax = 8;

    internal static Refusal? Read(AnswerForm form, byte[] content, Action<PartnerRow> each)
    {
        if (TextForm.ToUtf8("utf-8", content) is not { } text)
        {
            return AgencyRefusals.NotTable(FileForm.Json, "not utf-8");
        }

        try
        {
            return Read(form, text.Span, each);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return AgencyRefusals.NotTable(FileForm.Json, "no JSON array of flat objects");
        }
    }

    private static Refusal? Read(AnswerForm form, ReadOnlySpan<byte> text, Action<PartnerRow> each)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DepthMax });
        if (!Find(ref reader, form.Rows))
        {
            return AgencyRefusals.NotTable(FileForm.Json, $"neither an array nor an object with '{form.Rows}'");
        }

        for (var line = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; line++)
        {
            if (line > PartnerTable.RowsMax)
            {
                return AgencyRefusals.TooManyRows(PartnerTable.RowsMax);
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return AgencyRefusals.NotTable(FileForm.Json, Invariant($"item {line} is no object"));
            }

            if (!ReadObject(form, ref reader).Allows(out var found, out var torn))
            {
                return torn;
            }

            if (!PartnerTable.Places(form, found.Names).Allows(out var places, out var refusal))
            {
                return refusal;
            }

            each(new PartnerRow(line, places, found.Cells));
        }

        while (reader.Read())
        {
            // The text after the array must be JSON too. Otherwise the file was cut.
        }

        return null;
    }

    /// <summary>Moves to the beginning of the array; false when there is none.</summary>
    private static bool Find(ref Utf8JsonReader reader, string rows)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return true;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var named = reader.ValueTextEquals(rows);
            reader.Read();
            if (named)
            {
                return reader.TokenType == JsonTokenType.StartArray;
            }

            reader.Skip();
        }

        return false;
    }

    private static Result<(List<string> Names, List<string> Cells)> ReadObject(
        AnswerForm form, ref Utf8JsonReader reader)
    {
        var (names, cells) = (new List<string>(), new List<string>());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (names.Count == PartnerTable.ColumnsMax)
            {
                return AgencyRefusals.NotTable(FileForm.Json, $"more than {PartnerTable.ColumnsMax} properties");
            }

            names.Add(reader.GetString()!);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    cells.Add(reader.GetString()!.Trim());
                    break;
                case JsonTokenType.Number:
                    // A cell as a CSV file of the same definition would have it. JSON itself knows only the point.
                    cells.Add(Encoding.UTF8.GetString(reader.ValueSpan)
                        .Replace(".", form.Point, StringComparison.Ordinal));
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    cells.Add(reader.TokenType == JsonTokenType.True ? "Y" : "N");
                    break;
                case JsonTokenType.Null:
                    cells.Add("");
                    break;
                default:
                    return AgencyRefusals.NotTable(FileForm.Json, "a property that is no plain value");
            }
        }

        return (names, cells);
    }
}
