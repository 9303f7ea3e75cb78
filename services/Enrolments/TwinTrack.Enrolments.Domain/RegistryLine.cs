using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// The columns of a registry file; their names in the header are <see cref="RegistryLine.Columns"/>, in this order.
/// </summary>
public enum RegistryField
{
    HouseholdId,
    Area,
    PovertyScore,
    RegisteredOn,
    Member,
    Name,
    Sex,
    BirthDate,
    NationalId,
    Instrument,
    Account,
    BankBic,
}

/// <summary>One line of a registry file, cut into fields but not checked.</summary>
public sealed class RegistryLine
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "household_id", "area", "poverty_score", "registered_on", "member", "name", "sex", "birth_date", "national_id",
        "instrument", "account", "bank_bic",
    ];

    private readonly CsvHeader? _header;
    private readonly IReadOnlyList<string> _fields;

    private RegistryLine(long row, CsvHeader? header, IReadOnlyList<string> fields, string? householdId,
        RowError? error)
    {
        Row = row;
        _header = header;
        _fields = fields;
        HouseholdId = householdId;
        Error = error;
    }

    /// <summary>Line in the file; the header is line 1.</summary>
    public long Row { get; }

    /// <summary>
    /// The text in the column household_id, even if it is wrong; null when the line cannot be cut that far.
    /// </summary>
    public string? HouseholdId { get; }

    /// <summary>Why the line cannot be read; null when its fields can be checked.</summary>
    public RowError? Error { get; }

    public string this[RegistryField field] =>
        _header is null ? throw new InvalidOperationException("A line with an error has no fields.")
            : _fields[_header.PlaceOf((int)field)];

    public static RegistryLine Cut(long row, string text, CsvHeader header)
    {
        if (!CsvLine.Cut(text).Allows(out var fields, out var refusal))
        {
            return new RegistryLine(row, null, [], null, RowError.Of(row, RowError.WholeRow, refusal));
        }

        var idAt = header.PlaceOf((int)RegistryField.HouseholdId);
        var id = idAt < fields.Count ? fields[idAt].Trim() : null;
        return fields.Count == header.Count
            ? new RegistryLine(row, header, [.. fields.Select(field => field.Trim())], id, null)
            : new RegistryLine(row, null, [], id,
                RowError.Of(row, RowError.WholeRow, FileRefusals.WrongColumns(fields.Count, header.Count)));
    }

    public static string NameOf(RegistryField field) => Columns[(int)field];
}
