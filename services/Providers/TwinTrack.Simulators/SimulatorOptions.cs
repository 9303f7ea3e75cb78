using System.Globalization;

namespace TwinTrack.Simulators;

/// <summary>
/// The behaviour of one simulated provider. Fractions are shares of all orders, 0 to 1.
/// <see cref="SimulatedTreatment"/> selects the orders from the seed and the payee, so a run can be repeated.
/// </summary>
public sealed record SimulatorOptions
{
    /// <summary>Same seed, same orders: same behaviour.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The directory of <c>to-provider</c>, <c>from-provider</c> and <c>ledger.csv</c>. Without it the ledger is only
    /// in memory.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>Where the simulator's own HTTP listens; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The key that callers must send; null allows every caller.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Refused and never paid.</summary>
    public double Reject { get; init; }

    /// <summary>Paid, but not reported until the statement.</summary>
    public double Silent { get; init; }

    /// <summary>Neither paid nor answered.</summary>
    public double Lost { get; init; }

    /// <summary>Paid and reported only after <see cref="LateSeconds"/>, or when told to settle the late ones.</summary>
    public double Late { get; init; }

    public double LateSeconds { get; init; } = 8;

    /// <summary>Paid and reported, and then the money comes back.</summary>
    public double Return { get; init; }

    /// <summary>Half of the amount is paid (agency only).</summary>
    public double Partial { get; init; }

    /// <summary>Every report is sent twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>After the true report comes a report that says the opposite. The ledger does not change.</summary>
    public double Contradict { get; init; }

    /// <summary>Milliseconds between an event and its report.</summary>
    public int DelayMs { get; init; } = 300;

    /// <summary>Milliseconds between an order's arrival and its execution. A recall succeeds in this time.</summary>
    public int ExecuteAfterMs { get; init; } = 3000;

    /// <summary>
    /// An order that is not executed this long after its arrival lapses. It is never paid, and nothing is reported. 0:
    /// nothing lapses.
    /// </summary>
    public double ValiditySeconds { get; init; }

    /// <summary>The versions that the bank writes: old, current or new (bank only).</summary>
    public string Dialect { get; init; } = "current";

    /// <summary>The bank lists refusals only, and notifies of what it has booked (bank only).</summary>
    public bool Levels { get; init; }

    /// <summary>Statements come in so many pages, in one envelope (bank only).</summary>
    public int Pages { get; init; } = 1;

    /// <summary>How the agency writes its files: twintrack, wfp, hope or 121 (agency only).</summary>
    public string Style { get; init; } = "twintrack";

    /// <summary>
    /// The API where the agency fetches lists and uploads answers, up to the channel and a slash. Null uses a file
    /// transfer (agency only).
    /// </summary>
    public string? Api { get; init; }

    /// <summary>The bearer token of the agency's account there.</summary>
    public string? Token { get; init; }

    /// <summary>A hostile file comes after a report, or at an agency before it (bank and agency).</summary>
    public double Hostile { get; init; }

    /// <summary>Whether an order that arrived then may no longer be paid.</summary>
    public bool Lapsed(DateTimeOffset cameIn, DateTimeOffset now) =>
        ValiditySeconds > 0 && now > cameIn.AddSeconds(ValiditySeconds);

    /// <summary>
    /// The order is accepted and processed, but the answer is cut off or an error (mobile money only).
    /// </summary>
    public double BreakAnswers { get; init; }

    /// <summary>The account does not exist. The order is refused, and an enquiry says so (mobile money only).</summary>
    public double Unregistered { get; init; }

    /// <summary>Batches wait for our approval before they are executed (GSMA only).</summary>
    public bool TwoSteps { get; init; }

    /// <summary>How long a token is valid.</summary>
    public double TokenSeconds { get; init; } = 3600;

    public TimeSpan Delay => TimeSpan.FromMilliseconds(DelayMs);

    public TimeSpan ExecuteAfter => TimeSpan.FromMilliseconds(ExecuteAfterMs);

    public TimeSpan LateAfter => TimeSpan.FromSeconds(LateSeconds);

    /// <exception cref="ArgumentException">A key is unknown, has no value, or its value cannot be read.</exception>
    public static SimulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions();
        for (var at = 0; at < arguments.Count; at += 2)
        {
            var key = arguments[at];
            var value = at + 1 < arguments.Count
                ? arguments[at + 1] : throw new ArgumentException($"{key} has no value.");
            options = key switch
            {
                "--seed" => options with { Seed = Whole(key, value) },
                "--directory" => options with { Directory = value },
                "--url" => options with { Url = value },
                "--apiKey" => options with { ApiKey = value },
                "--reject" => options with { Reject = Fraction(key, value) },
                "--silent" => options with { Silent = Fraction(key, value) },
                "--lost" => options with { Lost = Fraction(key, value) },
                "--late" => options with { Late = Fraction(key, value) },
                "--lateSeconds" => options with { LateSeconds = Number(key, value) },
                "--validitySeconds" => options with { ValiditySeconds = Number(key, value) },
                "--return" => options with { Return = Fraction(key, value) },
                "--partial" => options with { Partial = Fraction(key, value) },
                "--duplicate" => options with { Duplicate = Fraction(key, value) },
                "--contradict" => options with { Contradict = Fraction(key, value) },
                "--breakAnswers" => options with { BreakAnswers = Fraction(key, value) },
                "--unregistered" => options with { Unregistered = Fraction(key, value) },
                "--twoSteps" =>
                    options with
                    {
                        TwoSteps =
                        value == "true" ? true
                            : value == "false" ? false : throw new ArgumentException($"{key} takes true or false.")
                    },
                "--tokenSeconds" => options with { TokenSeconds = Number(key, value) },
                "--delayMs" => options with { DelayMs = Whole(key, value) },
                "--executeAfterMs" => options with { ExecuteAfterMs = Whole(key, value) },
                "--dialect" => options with { Dialect = value },
                "--api" => options with { Api = value },
                "--token" => options with { Token = value },
                "--style" => options with { Style = value },
                "--levels" => options with { Levels = value == "true" },
                "--pages" => options with { Pages = Whole(key, value) },
                "--hostile" => options with { Hostile = Fraction(key, value) },
                _ => throw new ArgumentException($"{key} is not an option."),
            };
        }

        return options;
    }

    private static int Whole(string key, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{key} takes a whole number.");

    private static double Number(string key, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{key} takes a number.");

    private static double Fraction(string key, string value) =>
        Number(key, value) is var number and >= 0 and <= 1
            ? number : throw new ArgumentException($"{key} takes 0 to 1.");
}
