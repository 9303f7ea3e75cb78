using System.Globalization;
using System.Text;
using TwinTrack.Simulation.Checks;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation;

/// <summary>
/// What happened to the obligation concerned, in the tables, in the providers' books and in the last steps.
/// </summary>
internal static class Story
{
    private const int LastSteps = 60;

    public static string Of(SimulatedWorld world, SimulatedViolation violation)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{violation.Message}, at step {world.Steps}");
        if (violation.Obligation is { } obligation)
        {
            Attempts(world, obligation, text);
        }

        text.AppendLine("the last steps:");
        foreach (var line in world.Trace.TakeLast(LastSteps))
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    private static void Attempts(SimulatedWorld world, string obligation, StringBuilder text)
    {
        var (payments, providers) = (world.Host.Payments.Store, world.Host.Providers.Store);
        text.AppendLine(CultureInfo.InvariantCulture, $"obligation {obligation}:");
        foreach (var row in Tables.Instructions(payments).Where(row => row.Obligation == obligation))
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  attempt {row.Generation} {row.Id} on {row.Channel ?? "no channel"}, epoch {row.Epoch}: {row.State} "
                    + $"in Payments");
            foreach (var line in providers.Read(
                "SELECT state, code, unit_reference, sequence FROM payment_orders WHERE instruction_id = @0", line =>
                $"{line.GetString(0)} in Providers, {(line.IsDBNull(1) ? "no code" : line.GetString(1))}, unit "
                    + $"{(line.IsDBNull(2) ? "none" : line.GetString(2)[^6..])}, journal "
                    + $"{(line.IsDBNull(3) ? "none" : line.GetInt64(3))}",
                Tables.Stored(row.Id)))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {line}");
            }

            foreach (var provider in world.Providers.Where(provider => provider.Counter.Orders.ContainsKey(row.Id)))
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"    at {provider.Channel}: {provider.Counter.Orders[row.Id]}");
            }

            foreach (var line in payments.Read(
                "SELECT outcome, grade, code, effect, at FROM report_entries WHERE instruction_id = @0 ORDER BY at",
                line =>
                Invariant($"{Seconds(line.GetInt64(4)),9:0.000} reported {line.GetString(0)} {line.GetString(1)} ")
                    + $"{line.GetString(2)}: {line.GetString(3)}", Tables.Stored(row.Id)))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {line}");
            }
        }
    }

    private static double Seconds(long micros) =>
        (micros - ((Hosting.SimulatedClock.Start.UtcTicks
            - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond)) / 1e6;
}
