using System.Globalization;
using System.Text.RegularExpressions;
using TwinTrack.Running;

namespace TwinTrack.Proving.Model;

/// <summary>How much may happen in the model. Each step more multiplies the states by about five.</summary>
/// <param name="Flips">Pauses and resumptions by the operator, 0 to 3.</param>
/// <param name="Crashes">Deaths of a copy between journal and mark, 0 to 3.</param>
internal sealed record ModelBounds(int Flips, int Crashes)
{
    public const int Max = 3;
}

/// <summary>What the model checker said of one variant.</summary>
/// <param name="Variant">Null: the model as it is.</param>
/// <param name="Violation">The assertion that failed first; null when none did.</param>
/// <param name="States">Different states stored.</param>
/// <param name="Complete">False when it ran out of room or depth, so that silence proves nothing.</param>
internal sealed record ModelResult(string? Variant, string? Violation, long States, bool Complete, double Seconds)
{
    /// <summary>The model holds when all was searched and nothing failed; a variant, when it was found out.</summary>
    public bool Holds => Variant is null ? Violation is null && Complete : Violation is not null;
}

/// <summary>
/// Fence and switch as a Promela model (docs/internals/model/switch.pml), searched exhaustively by spin.
/// </summary>
internal static partial class SwitchModel
{
    /// <summary>A guard taken away, or a long way round that must exist.</summary>
    public static readonly IReadOnlyDictionary<string, string> Variants = new Dictionary<string, string>
    {
        ["NO_GATE_LOCK"] = "the gate is looked at, and the journal written later",
        ["NO_EPOCH"] = "an order that a stop covers is taken and sent",
        ["NO_ARRIVAL_CHECK"] = "an order that comes after the stop is queued, and nobody withdraws it",
        ["ROUTE_WHILE_STOPPING"] = "what a switch covers is routed to the channel that it is leaving",
        ["UNNUMBERED"] = "an order to a gate that comes late is obeyed",
        ["TIMEOUT_IS_FAILURE"] = "silence frees",
        ["NOT_FOUND_IS_FAILURE"] = "not found frees",
        ["NO_CLAIM"] = "a second attempt beside a live one",
        ["RESEND_PAST_GATE"] = "an interrupted unit is sent again without looking at the gate",
        ["SHOW_BESIDE"] = "a payment outside of the scope leaves after the stop, under its old epoch",
        ["SHOW_MOVED"] = "somebody is paid on the parallel track after a switch",
        ["SHOW_RETURNED"] = "somebody is paid on the national track after a switch and the return",
    };

    private const int MegabytesMax = 3_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Installs what is missing where that may be done; says what is, where it may not.</summary>
    public static async Task<bool> CanRunAsync(Action<string> tell, CancellationToken cancel) =>
        await ServerPackage.Spin.EnsureAsync(tell, cancel) && await ServerPackage.Compiler.EnsureAsync(tell, cancel);

    public static async Task<ModelResult> RunAsync(string? variant, ModelBounds bounds, CancellationToken cancel)
    {
        var work = Directory.CreateTempSubdirectory("twintrack-model-").FullName;
        try
        {
            File.Copy(Path.Combine(Installation.Sources(), "docs", "internals", "model", "switch.pml"),
                Path.Combine(work, "switch.pml"));
            string[] given = [Given("FLIPS", bounds.Flips), Given("CRASHES", bounds.Crashes),
                .. variant is null ? Array.Empty<string>() : ["-D" + variant]];
            await RunAsync(work, "spin", [.. given, "-a", "switch.pml"], cancel);
            await RunAsync(
                work, "cc", ["-O2", "-w", "-DSAFETY", "-DCOLLAPSE", Given("MEMLIM", MegabytesMax), "-o", "pan",
                    "pan.c"], cancel);
            var began = TimeProvider.System.GetTimestamp();
            var output = await RunAsync(work, Path.Combine(work, "pan"), ["-m500000"], cancel);
            return Read(variant, output, TimeProvider.System.GetElapsedTime(began));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string Given(string name, int value) =>
        Invariant($"-D{name}={value}");

    private static ModelResult Read(string? variant, string output, TimeSpan took)
    {
        var violation = Violated().Match(output) is { Success: true } first ? first.Groups[1].Value.Trim() : null;
        var states = Stored().Match(output) is { Success: true } stored
            ? long.Parse(stored.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var complete = output.Contains("errors: 0", StringComparison.Ordinal)
            && !output.Contains("max search depth too small", StringComparison.Ordinal)
            && !output.Contains("Search not completed", StringComparison.Ordinal);
        return new ModelResult(variant, violation, states, complete, took.TotalSeconds);
    }

    private static async Task<string> RunAsync(
        string work, string program, string[] arguments, CancellationToken cancel)
    {
        var ended = await CommandRun.RunAsync(CommandRun.Describe(program, work, arguments), Patience, cancel);
        var printed = ended.Output + ended.Errors;
        return Violated().IsMatch(printed) ? printed : ended.Succeeded() + ended.Errors;
    }

    [GeneratedRegex(@"^pan:1: (.*) \(at depth", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Violated();

    [GeneratedRegex(@"^\s*(\d+) states, stored", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Stored();
}
