using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>The suite: each adapter is held to each rule, and the suite itself to adapters that break them.</summary>
public sealed class Every_adapter(ITestOutputHelper output)
{
    public static TheoryData<string, string> RulesForAll
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (rig, rule) in Rigs.All.Keys.SelectMany(rig => Rules.All.Keys.Select(rule => (rig, rule))))
            {
                data.Add(rig, rule);
            }

            return data;
        }
    }

    public static TheoryData<Sin, string, string> Sins => new()
    {
        { Sin.NewKey, "gsma batch", "The same key twice pays once" },
        { Sin.NewKey, "bank", "The same key twice pays once" },
        { Sin.SilenceIsRefusal, "gsma single", "Silence is doubt" },
        { Sin.SilenceIsRefusal, "agency", "Silence is doubt" },
        { Sin.UnlistedIsRefusal, "gsma batch", "A word that is not listed is doubt" },
        { Sin.UnlistedIsRefusal, "bank", "A word that is not listed is doubt" },
        { Sin.DeafToRefusals, "agency", "A refusal is heard, frees, and was never paid" },
        { Sin.LiesOfRecall, "gsma batch", "What can be recalled is recalled, and nothing else is said to be" },
        { Sin.LiesOfRecall, "bank", "What can be recalled is recalled, and nothing else is said to be" },
        { Sin.LiesOfQuestions, "gsma batch", "Questions are answered where they are said to be" },
        { Sin.LiesOfQuestions, "agency", "Questions are answered where they are said to be" },
        { Sin.SendsTheFirstOnly, "gsma batch", "Every order of a unit of the largest size travels" },
        { Sin.SendsTheFirstOnly, "agency", "Every order of a unit of the largest size travels" },
        { Sin.LiesOfCallbacks, "gsma single", "Callbacks come where they are said to come" },
        { Sin.LiesOfCallbacks, "bank", "Callbacks come where they are said to come" },
        { Sin.Amnesia, "gsma batch", "A crash between journal and call loses nothing and pays nobody twice" },
        { Sin.NewKey, "gsma batch", "A crash between journal and call loses nothing and pays nobody twice" },
        { Sin.Stubborn, "gsma single", "Late success is heard late" },
        { Sin.Stubborn, "bank", "Late success is heard late" },
        { Sin.BelievesCallbacks, "gsma batch", "A contradiction frees nothing that was paid" },
        { Sin.NewestFirst, "bank", "A contradiction frees nothing that was paid" },
    };

    [Theory]
    [MemberData(nameof(RulesForAll))]
    public async Task Keeps_every_rule(string rig, string rule)
    {
        await using var held = Rigs.All[rig](adapter => adapter, TimeSpan.FromSeconds(20));
        var wrong = new List<string>();

        await Rules.All[rule](held, wrong);

        wrong.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Sins))]
    public async Task That_sins_is_found_out(Sin sin, string rig, string rule)
    {
        var tries = new ConcurrentDictionary<string, int>();
        await using var held = Rigs.All[rig](adapter => new BadAdapter(adapter, sin, tries), TimeSpan.FromSeconds(3));
        var wrong = new List<string>();

        await Rules.All[rule](held, wrong);

        wrong.Should().NotBeEmpty();
        output.WriteLine(wrong[0]);
    }

    [Fact]
    public void Has_a_sinner_for_each_rule_and_a_rule_for_each_sin()
    {
        Sins.Select(row => row[2]).Distinct().Should().BeEquivalentTo(Rules.All.Keys);
        Sins.Select(row => row[0]).Distinct().Should().BeEquivalentTo(Enum.GetValues<Sin>().Cast<object>());
    }
}
