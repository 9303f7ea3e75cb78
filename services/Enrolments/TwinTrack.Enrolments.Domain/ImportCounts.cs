using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>The counts of an import.</summary>
/// <param name="Rows">Lines read after the header, empty ones not counted.</param>
/// <param name="Households">Households read.</param>
/// <param name="Accepted">Households without an error.</param>
/// <param name="Rejected">Households with an error, or already known.</param>
/// <param name="RowsRejected">Lines of the rejected households.</param>
/// <param name="Duplicates">Rejected households that are already known or twice in the file.</param>
/// <param name="Flagged">Accepted households that are perhaps registered twice and held.</param>
public sealed record ImportCounts(long Rows, long Households, long Accepted, long Rejected, long RowsRejected,
    long Duplicates, long Flagged)
{
    /// <summary>The share of bad households is judged from this many households.</summary>
    private const int JudgedFrom = 20;

    public ImportCounts And(HouseholdReading reading)
    {
        var good = reading.Household is not null;
        var duplicate = reading.Errors.Any(error => error.Code == FieldRefusals.Duplicate.Code);
        return this with
        {
            Rows = Rows + reading.Rows,
            Households = Households + 1,
            Accepted = Accepted + (good ? 1 : 0),
            Rejected = Rejected + (good ? 0 : 1),
            RowsRejected = RowsRejected + (good ? 0 : reading.Rows),
            Duplicates = Duplicates + (duplicate ? 1 : 0),
        };
    }

    /// <summary>
    /// The refusal of the whole file, while it is read and at its end. Known households do not count as bad, because a
    /// grown registry is imported again with its old households.
    /// </summary>
    public Refusal? Fault(bool atEnd)
    {
        if (Households >= JudgedFrom && (Rejected - Duplicates) * 2 > Households)
        {
            return FileRefusals.MostlyBad;
        }

        return atEnd && Households == 0 ? FileRefusals.Empty : null;
    }

    /// <summary>
    /// What happens to the good rows, in one or two sentences. People who see an error ask this first.
    /// </summary>
    public string Fate(ImportState state) => state switch
    {
        ImportState.Completed => Invariant($"{Accepted} good households are registered{Held}. {Left}"),
        ImportState.Refusing or ImportState.Refused =>
            "Nothing of this file is registered, its good rows neither: the file was refused as a whole. Correct it "
                + "and import it again.",
        _ => Invariant(
            $"Nothing is registered yet: {Households} households are read, {Accepted} of them good. The good ones ")
            + $"are registered together once the file is read whole.",
    };

    private string Held =>
        Flagged == 0 ? "" : Invariant($", of which {Flagged} are held as possible duplicates until they are decided");

    private string Left => Rejected == 0
        ? "No row was rejected."
        : Invariant(
            $"{Rejected} households ({RowsRejected} rows) were rejected whole and changed nothing; correct them and ")
            + $"import them in a new file.";
}
