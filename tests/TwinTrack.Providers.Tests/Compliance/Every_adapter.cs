using System.Collections.Concurrent;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>
/// The suite: one adapter is held to each rule. A class for each rig, so that they run side by side: nearly all of
/// their time is waiting.
/// </summary>
public abstract class Every_adapter
{
    public static TheoryData<string> RulesForAll => [.. Rules.All.Keys];

    [Theory]
    [MemberData(nameof(RulesForAll))]
    public async Task Keeps_every_rule(string rule)
    {
        await using var held = NewRig(adapter => adapter, TimeSpan.FromSeconds(30));
        var wrong = new List<string>();

        await Rules.All[rule](held, wrong);

        wrong.Should().BeEmpty();
    }

    /// <param name="disguise">Put between the suite and the adapter.</param>
    /// <param name="patience">How long a fact is waited for.</param>
    protected abstract Rig NewRig(Func<IProviderAdapter, IProviderAdapter> disguise, TimeSpan patience);
}

/// <summary>An adapter of this repository's services; its rig is a line of <see cref="Rigs"/>.</summary>
public abstract class Every_shipped_adapter(string rig) : Every_adapter
{
    protected override Rig NewRig(Func<IProviderAdapter, IProviderAdapter> disguise, TimeSpan patience) =>
        Rigs.All[rig](disguise, patience);
}

public sealed class A_bank() : Every_shipped_adapter("bank");

public sealed class An_agency() : Every_shipped_adapter("agency");

public sealed class An_agency_of_WFP_style() : Every_shipped_adapter("agency wfp");

public sealed class An_agency_of_HOPE_style() : Every_shipped_adapter("agency hope");

public sealed class An_agency_of_121_style() : Every_shipped_adapter("agency 121");

public sealed class GSMA_in_batches() : Every_shipped_adapter("gsma batch");

public sealed class GSMA_one_by_one() : Every_shipped_adapter("gsma single");

public sealed class GSMA_in_two_steps() : Every_shipped_adapter("gsma two-step");

public sealed class GSMA_with_reversal() : Every_shipped_adapter("gsma with reversal");

public sealed class MTN() : Every_shipped_adapter("mtn");

public sealed class Airtel() : Every_shipped_adapter("airtel");

public sealed class Daraja() : Every_shipped_adapter("daraja");

public sealed class Onafriq() : Every_shipped_adapter("onafriq");

/// <summary>The suite itself, held to adapters that break its rules.</summary>
public abstract class Every_adapter_with_a_fault(ITestOutputHelper output)
{
    protected async Task FailsTheSuiteAsync(AdapterFault fault, string rig, string rule)
    {
        var tries = new ConcurrentDictionary<string, int>();
        await using var held = Rigs.All[rig](adapter => new BadAdapter(adapter, fault, tries), TimeSpan.FromSeconds(3));
        var wrong = new List<string>();

        await Rules.All[rule](held, wrong);

        wrong.Should().NotBeEmpty();
        output.WriteLine(wrong[0]);
    }
}

public sealed class An_adapter_of_files_with_a_fault(ITestOutputHelper output) : Every_adapter_with_a_fault(output)
{
    public static TheoryData<AdapterFault, string, string> Faults => new()
    {
        { AdapterFault.NewKey, "bank", "The same key twice pays once" },
        { AdapterFault.SilenceIsRefusal, "agency", "Silence is doubt" },
        { AdapterFault.UnlistedIsRefusal, "bank", "A word that is not listed is doubt" },
        { AdapterFault.UnlistedIsRefusal, "agency 121", "A word that is not listed is doubt" },
        { AdapterFault.DeafToRefusals, "agency", "A refusal is heard, frees, and was never paid" },
        { AdapterFault.LiesOfRecall, "bank", "What can be recalled is recalled, and nothing else is said to be" },
        { AdapterFault.LiesOfQuestions, "agency", "Questions are answered where they are said to be" },
        { AdapterFault.SendsTheFirstOnly, "agency hope", "Every order of a unit of the largest size travels" },
        { AdapterFault.LiesOfCallbacks, "bank", "Callbacks come where they are said to come" },
        { AdapterFault.KeepsFirstAnswer, "bank", "Late success is heard late" },
        { AdapterFault.NewestFirst, "bank", "A contradiction frees nothing that was paid" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Fails_the_suite(AdapterFault fault, string rig, string rule) => FailsTheSuiteAsync(fault, rig, rule);
}

public sealed class An_adapter_of_calls_with_a_fault(ITestOutputHelper output) : Every_adapter_with_a_fault(output)
{
    public static TheoryData<AdapterFault, string, string> Faults => new()
    {
        { AdapterFault.NewKey, "gsma batch", "The same key twice pays once" },
        { AdapterFault.SilenceIsRefusal, "gsma single", "Silence is doubt" },
        { AdapterFault.UnlistedIsRefusal, "gsma batch", "A word that is not listed is doubt" },
        { AdapterFault.LiesOfRecall, "gsma batch", "What can be recalled is recalled, and nothing else is said to be" },
        { AdapterFault.LiesOfQuestions, "gsma batch", "Questions are answered where they are said to be" },
        { AdapterFault.SendsTheFirstOnly, "gsma batch", "Every order of a unit of the largest size travels" },
        { AdapterFault.LiesOfCallbacks, "gsma single", "Callbacks come where they are said to come" },
        { AdapterFault.ForgetsAfterCrash, "gsma batch",
            "A crash between journal and call loses nothing and pays nobody twice" },
        { AdapterFault.NewKey, "gsma batch", "A crash between journal and call loses nothing and pays nobody twice" },
        { AdapterFault.KeepsFirstAnswer, "gsma single", "Late success is heard late" },
        { AdapterFault.BelievesCallbacks, "gsma batch", "A contradiction frees nothing that was paid" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Fails_the_suite(AdapterFault fault, string rig, string rule) => FailsTheSuiteAsync(fault, rig, rule);
}

public sealed class The_suite
{
    [Fact]
    public void Holds_every_rig_and_a_faulty_adapter_for_each_rule()
    {
        var faults = An_adapter_of_files_with_a_fault.Faults.Concat(An_adapter_of_calls_with_a_fault.Faults).ToList();
        var held = typeof(Every_adapter).Assembly.GetTypes()
            .Count(type => type.BaseType == typeof(Every_shipped_adapter));

        held.Should().Be(Rigs.All.Count);
        faults.Select(row => row.Data.Item3).Distinct().Should().BeEquivalentTo(Rules.All.Keys);
        faults.Select(row => row.Data.Item1).Distinct().Should().BeEquivalentTo(Enum.GetValues<AdapterFault>());
    }
}
