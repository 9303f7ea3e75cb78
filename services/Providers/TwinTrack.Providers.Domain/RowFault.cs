namespace TwinTrack.Providers.Domain;

/// <summary>
/// One thing that is wrong with one row of a document. It names the place and never the value, which is somebody's.
/// </summary>
/// <param name="Row">Line of a CSV file, row of a sheet, place in a JSON array; from 1. 0: the whole document.</param>
/// <param name="Field">The column or property.</param>
/// <param name="Why">Goes on from the field's name: "is there twice".</param>
public sealed record RowFault(int Row, string Field, string Why);
