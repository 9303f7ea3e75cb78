using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>How an import stands, in numbers.</summary>
/// <param name="Rows">Lines read after the header, empty ones not counted.</param>
/// <param name="Households">Households read.</param>
/// <param name="Accepted">Of them, without an error.</param>
/// <param name="Rejected">Of them, with an error or known already.</param>
/// <param name="RowsRejected">Lines of the rejected households.</param>
/// <param name="Duplicates">Of the rejected, known already or twice in the file.</param>
/// <param name="Flagged">Of the accepted, perhaps registered twice and held.</param>
public sealed record ImportCounts(long Rows, long Households, long Accepted, long Rejected, long RowsRejected,
    long Duplicates, long Flagged)
{
    /// <summary>Below this many households a bad file is only a bad file.</summary>
    private const int JudgedFrom = 20;

    public ImportCounts And(HouseholdReading reading)
    {
        var good = reading.Household is not null;
        var duplicate = !good && reading.Errors.Any(error => error.Code == FieldRefusals.Duplicate.Code);
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
    /// The whole file's refusal, while it is read and at its end. Households known already do not count as bad: a
    /// registry that has grown is imported again with all its old ones.
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
    /// What becomes of the good rows, in a sentence or two: the first thing that whoever sees an error asks.
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
