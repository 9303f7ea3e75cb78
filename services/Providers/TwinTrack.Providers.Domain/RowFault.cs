namespace TwinTrack.Providers.Domain;

/// <summary>
/// One fault in one row of a document. It names the place and never the value, which may be personal data.
/// </summary>
/// <param name="Row">
/// Line of a CSV file, row of a sheet, place in a JSON array; from 1. 0 is the whole document.
/// </param>
/// <param name="Field">The column or property.</param>
/// <param name="Why">Continues the field's name, such as "is there twice".</param>
public sealed record RowFault(int Row, string Field, string Why);
