using System.Text.Json;

namespace TwinTrack.Proving.Mutation;

/// <summary>One small change of the code, and whether a test noticed it.</summary>
/// <param name="Status">Stryker's word: Killed, Timeout, Survived, NoCoverage, CompileError, Ignored.</param>
/// <param name="Line">From 1.</param>
internal sealed record Mutant(string File, int Line, string Mutator, string Replacement, string Status)
{
    /// <summary>
    /// Whether the changed code runs once for each process, when a static field is made. All changes are tried in one
    /// process, so the field is usually made before the change is switched on.
    /// </summary>
    internal bool IsStatic { get; init; }

    internal bool IsNoticed => Status is "Killed" or "Timeout";

    internal bool IsMissed => !IsStatic && HasLived;

    internal bool WasNotReached => IsStatic && HasLived;

    private bool HasLived => Status is "Survived" or "NoCoverage";
}

/// <summary>What a mutation run of one domain found (mutation-testing-report-schema 2).</summary>
internal sealed record MutationReport(string Domain, IReadOnlyList<Mutant> Mutants)
{
    internal int Noticed => Mutants.Count(mutant => mutant.IsNoticed);

    internal int Missed => Mutants.Count(mutant => mutant.IsMissed);

    /// <summary>Changes of static fields that the run could not switch on. They say nothing about the tests.</summary>
    internal int NotReached => Mutants.Count(mutant => mutant.WasNotReached);

    /// <summary>False when no change of many was noticed: then the changes did not reach the tests at all.</summary>
    internal bool ReachedTests => Noticed > 0 || Missed == 0;

    /// <summary>Per cent of the tried changes that a test noticed; 100 where none was tried.</summary>
    internal double Score => Noticed + Missed == 0 ? 100 : 100.0 * Noticed / (Noticed + Missed);

    internal static MutationReport Read(string domain, string json)
    {
        using var report = JsonDocument.Parse(json);
        return new MutationReport(domain,
        [
            .. from file in report.RootElement.GetProperty("files").EnumerateObject()
               from mutant in file.Value.GetProperty("mutants").EnumerateArray()
               select new Mutant(
                   Path.GetFileName(file.Name),
                   mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32(),
                   mutant.GetProperty("mutatorName").GetString()!,
                   mutant.GetProperty("replacement").GetString()!,
                   mutant.GetProperty("status").GetString()!)
               {
                   IsStatic = mutant.TryGetProperty("static", out var isStatic) && isStatic.GetBoolean(),
               },
        ]);
    }
}
