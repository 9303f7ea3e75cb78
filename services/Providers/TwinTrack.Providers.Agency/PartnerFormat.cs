namespace TwinTrack.Providers.Agency;

internal enum FileForm
{
    Csv,
    Xlsx,
    Json,
}

/// <summary>Which columns give the meaning of a line in a return.</summary>
internal enum ReturnMeaning
{
    /// <summary>A word in the column <c>status</c>.</summary>
    Status,

    /// <summary>The quantity alone: empty is pending, -1 unsuccessful, 0 not delivered, more is delivered.</summary>
    Quantity,
}

/// <summary>
/// One partner's file definition, with our names beside theirs. A missing part is as in the definition
/// <c>twintrack</c>.
/// </summary>
internal sealed record PartnerFormat
{
    public required string Name { get; init; }

    public ListForm? List { get; init; }

    public ListForm? Stop { get; init; }

    public AnswerForm? Acknowledgement { get; init; }

    public AnswerForm? Returns { get; init; }

    public AnswerForm? StopAnswer { get; init; }

    /// <summary>Personal fields that a list or a stop list gives to the partner.</summary>
    internal IReadOnlyList<string> Discloses => [.. (List?.Columns ?? []).Concat(Stop?.Columns ?? [])
        .Select(column => column.Field).OfType<string>().Distinct()
        .Where(name => ListFields.ByName.TryGetValue(name, out var known) && known.Personal)];
}

/// <summary>How a table is written down.</summary>
internal abstract record TableForm
{
    public FileForm Form { get; init; }

    /// <summary>Sheet of a workbook. Without a name, the first sheet is read.</summary>
    public string? Sheet { get; init; }

    /// <summary>
    /// Of a CSV file: comma, semicolon, tab or bar. An incoming file may also use comma or semicolon, as its header
    /// shows.
    /// </summary>
    public string Separator { get; init; } = ",";

    /// <summary>Of a CSV file: utf-8, utf-8-bom, utf-16, latin1 or windows-1252.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>The decimal point.</summary>
    public string Point { get; init; } = ".";

    /// <summary>A date as .NET writes formats.</summary>
    public string Dates { get; init; } = "yyyy-MM-dd";
}

/// <summary>A table that goes to the partner.</summary>
internal sealed record ListForm : TableForm
{
    /// <summary>
    /// Decimal places of amounts; null uses the currency's. Fewer are refused, because they would lose money.
    /// </summary>
    public int? Decimals { get; init; }

    public required IReadOnlyList<ListColumn> Columns { get; init; }
}

/// <param name="Header">The partner's name of the column.</param>
/// <param name="Field">Our field in <see cref="ListFields"/>; null where the column has a fixed value.</param>
/// <param name="Value">The same in every row.</param>
internal sealed record ListColumn(string Header, string? Field = null, string? Value = null);

/// <summary>A table that comes from the partner.</summary>
internal sealed record AnswerForm : TableForm
{
    /// <summary>The row of the header, from 1; rows before it are skipped.</summary>
    public int HeaderRow { get; init; } = 1;

    /// <summary>
    /// Of a JSON object: the property that holds the rows, where the document is not an array itself.
    /// </summary>
    public string Rows { get; init; } = "items";

    /// <summary>
    /// Maps our field to their header. A question mark after the header means that it may be missing.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>Maps their word to ours. A word that is not listed leaves the payment in doubt.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    public ReturnMeaning Says { get; init; }

    /// <summary>A reason beside a success refuses the file.</summary>
    public bool ReasonOnlyWhenUnpaid { get; init; }

    /// <summary>Our word for theirs, without regard to case; null for one that is not listed.</summary>
    internal string? WordOf(string theirs) =>
        Words.FirstOrDefault(word => string.Equals(word.Key, theirs, StringComparison.OrdinalIgnoreCase)).Value;
}
