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
public abstract class Every_sinner(ITestOutputHelper output)
{
    protected async Task IsFoundOutAsync(Sin sin, string rig, string rule)
    {
        var tries = new ConcurrentDictionary<string, int>();
        await using var held = Rigs.All[rig](adapter => new BadAdapter(adapter, sin, tries), TimeSpan.FromSeconds(3));
        var wrong = new List<string>();

        await Rules.All[rule](held, wrong);

        wrong.Should().NotBeEmpty();
        output.WriteLine(wrong[0]);
    }
}

public sealed class An_adapter_of_files_that_sins(ITestOutputHelper output) : Every_sinner(output)
{
    public static TheoryData<Sin, string, string> Sins => new()
    {
        { Sin.NewKey, "bank", "The same key twice pays once" },
        { Sin.SilenceIsRefusal, "agency", "Silence is doubt" },
        { Sin.UnlistedIsRefusal, "bank", "A word that is not listed is doubt" },
        { Sin.UnlistedIsRefusal, "agency 121", "A word that is not listed is doubt" },
        { Sin.DeafToRefusals, "agency", "A refusal is heard, frees, and was never paid" },
        { Sin.LiesOfRecall, "bank", "What can be recalled is recalled, and nothing else is said to be" },
        { Sin.LiesOfQuestions, "agency", "Questions are answered where they are said to be" },
        { Sin.SendsTheFirstOnly, "agency hope", "Every order of a unit of the largest size travels" },
        { Sin.LiesOfCallbacks, "bank", "Callbacks come where they are said to come" },
        { Sin.Stubborn, "bank", "Late success is heard late" },
        { Sin.NewestFirst, "bank", "A contradiction frees nothing that was paid" },
    };

    [Theory]
    [MemberData(nameof(Sins))]
    public Task Is_found_out(Sin sin, string rig, string rule) => IsFoundOutAsync(sin, rig, rule);
}

public sealed class An_adapter_of_calls_that_sins(ITestOutputHelper output) : Every_sinner(output)
{
    public static TheoryData<Sin, string, string> Sins => new()
    {
        { Sin.NewKey, "gsma batch", "The same key twice pays once" },
        { Sin.SilenceIsRefusal, "gsma single", "Silence is doubt" },
        { Sin.UnlistedIsRefusal, "gsma batch", "A word that is not listed is doubt" },
        { Sin.LiesOfRecall, "gsma batch", "What can be recalled is recalled, and nothing else is said to be" },
        { Sin.LiesOfQuestions, "gsma batch", "Questions are answered where they are said to be" },
        { Sin.SendsTheFirstOnly, "gsma batch", "Every order of a unit of the largest size travels" },
        { Sin.LiesOfCallbacks, "gsma single", "Callbacks come where they are said to come" },
        { Sin.Amnesia, "gsma batch", "A crash between journal and call loses nothing and pays nobody twice" },
        { Sin.NewKey, "gsma batch", "A crash between journal and call loses nothing and pays nobody twice" },
        { Sin.Stubborn, "gsma single", "Late success is heard late" },
        { Sin.BelievesCallbacks, "gsma batch", "A contradiction frees nothing that was paid" },
    };

    [Theory]
    [MemberData(nameof(Sins))]
    public Task Is_found_out(Sin sin, string rig, string rule) => IsFoundOutAsync(sin, rig, rule);
}

public sealed class The_suite
{
    [Fact]
    public void Holds_every_rig_and_has_a_sinner_for_each_rule_and_a_rule_for_each_sin()
    {
        var sins = An_adapter_of_files_that_sins.Sins.Concat(An_adapter_of_calls_that_sins.Sins).ToList();
        var held = typeof(Every_adapter).Assembly.GetTypes().Count(type => type.BaseType == typeof(Every_shipped_adapter));

        held.Should().Be(Rigs.All.Count);
        sins.Select(row => row.Data.Item3).Distinct().Should().BeEquivalentTo(Rules.All.Keys);
        sins.Select(row => row.Data.Item1).Distinct().Should().BeEquivalentTo(Enum.GetValues<Sin>());
    }
}
