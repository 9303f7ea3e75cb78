using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Simulation.Hosting;

namespace TwinTrack.Simulation.Checks;

/// <summary>One attempt as Payments holds it. Ids as 32 hex digits, as on the wire.</summary>
/// <param name="Forced">Two parties gave it up without evidence.</param>
internal sealed record InstructionRow(string Id, string Obligation, int Generation, InstructionState State,
    string? Channel, long Epoch, long AmountMinor, long SettledMinor, bool Forced);

internal sealed record GateRow(string Channel, long Epoch, bool Open, long LastSequence);

internal sealed record JournalRow(string Channel, long Sequence, string Instruction, long AmountMinor, long OrderEpoch,
    string Programme, string Area);

/// <param name="Areas">As JSON; an empty list means all.</param>
internal sealed record StopRow(long Epoch, string Programme, string Areas, long LastSequence)
{
    /// <summary>Whether this line left after the proof although the stop covers it.</summary>
    /// <param name="epoch">Of the attempt's route.</param>
    public bool IsBrokenBy(JournalRow line, long epoch) =>
        line.Sequence > LastSequence && epoch < Epoch && line.Programme == Programme
        && (Areas == "[]" || Areas.Contains($"\"{line.Area}\"", StringComparison.Ordinal));
}

/// <summary>The columns that invariants look at, read in one pass each.</summary>
internal static class Tables
{
    public static List<InstructionRow> Instructions(Store payments) => payments.Read(
        "SELECT id, obligation_id, generation, state, channel, epoch, amount_minor, settled_minor, forced_by IS NOT "
            + "NULL FROM instructions ORDER BY obligation_id, generation",
        row => new InstructionRow(
            Plain(row.GetString(0)), Plain(row.GetString(1)), row.GetInt32(2),
            Enum.Parse<InstructionState>(row.GetString(3)), row.IsDBNull(4) ? null : row.GetString(4),
            row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetBoolean(8)));

    public static Dictionary<string, string> Claims(Store payments) => payments.Read(
        "SELECT obligation_id, instruction_id FROM obligation_claims",
        row => (Plain(row.GetString(0)), Plain(row.GetString(1)))).ToDictionary(row => row.Item1, row => row.Item2);

    public static List<GateRow> Gates(Store providers) => providers.Read(
        "SELECT channel, epoch, open, last_sequence FROM gates",
        row => new GateRow(row.GetString(0), row.GetInt64(1), row.GetBoolean(2), row.GetInt64(3)));

    public static List<JournalRow> Journal(Store providers, string channel, long after) => providers.Read(
        "SELECT j.channel, j.sequence, j.instruction_id, j.amount_minor, s.epoch, s.programme, s.area FROM journal j "
        + "JOIN payment_orders s ON s.instruction_id = j.instruction_id "
        + "WHERE j.channel = @0 AND j.sequence > @1 ORDER BY "
            + "j.sequence",
        row => new JournalRow(row.GetString(0), row.GetInt64(1), Plain(row.GetString(2)), row.GetInt64(3),
            row.GetInt64(4), row.GetString(5), row.GetString(6)),
        channel, after);

    public static List<StopRow> Stops(Store providers, string channel) => providers.Read(
        "SELECT epoch, programme, areas, last_sequence FROM stops WHERE channel = @0 ORDER BY epoch",
        row => new StopRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3)), channel);

    public static string Plain(string id) => id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>As the databases write it.</summary>
    public static string Stored(string plain) => Guid.ParseExact(plain, "n").ToString("D").ToUpperInvariant();
}
