using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Switch_hash
{
    private static readonly SwitchScope Scope = new("psn", Given.Cycle, ["NE001", "NE002"], ["t1-bank", "t1-momo"], 2);

    private static readonly TargetRoute[] Routes =
        [new("NE001", Instrument.Mobile, "treasury", default, null, "t2-agency"),
            new("NE001", Instrument.Cash, "treasury", default, null, "t2-agency"),
            new("NE002", Instrument.Mobile, "treasury", default, null, null)];

    private static readonly string[] Terms = ["constraint C-7 v1"];

    private static readonly string Hash = SwitchHash.Of(Scope, "aa", 10, 500, Routes, 1, Terms);

    [Fact]
    public void It_is_64_hex_digits() => Hash.Should().MatchRegex("^[0-9a-f]{64}$");

    [Fact]
    public void It_does_not_depend_on_any_order() => SwitchHash.Of(
        Scope with { Areas = ["NE002", "NE001"], FromChannels = ["t1-momo", "t1-bank"] }, "aa", 10, 500,
        Routes.Reverse(), 1, Terms).Should().Be(Hash);

    /// <summary>Votes outlive a new version of the program only while the text stays the same.</summary>
    [Fact]
    public void It_is_the_hash_of_this_text()
    {
        var text = $"""
            switch 2 psn {Given.Cycle} to 1
            area NE001
            area NE002
            from t1-bank
            from t1-momo
            pilot 20
            list aa 10 500
            table 1
            term constraint C-7 v1
            term constraint C-8 v1
            route NE001 cash treasury 30 5 {RuleGiven.Obligation(1)} t2-agency
            route NE002 mobile * 0 0 * *

            """.ReplaceLineEndings("\n");

        SwitchHash.Of(Scope with { ToTrack = 1, PilotPercent = 20 }, "aa", 10, 500,
        [
            new TargetRoute("NE002", Instrument.Mobile, "", default, null, null),
            new TargetRoute("NE001", Instrument.Cash, "treasury", new ObligationDraw(30, 5), RuleGiven.Obligation(1),
                "t2-agency"),
        ], 1, ["constraint C-8 v1", "constraint C-7 v1"]).Should().Be(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void It_counts_nothing_twice() => SwitchHash.Of(
        Scope with { Areas = [.. Scope.Areas, "NE001"], FromChannels = [.. Scope.FromChannels, "t1-momo"] }, "aa", 10,
        500, [.. Routes, Routes[0]], 1, [.. Terms, Terms[0]]).Should().Be(Hash);

    [Fact]
    public void It_covers_the_opening_hours_of_the_channels_that_have_any()
    {
        RouteChannel always = Given.Way("t1-bank", 1), shut = Given.Way("t1-momo", 1);
        var hours = new OpeningHours([new(["mon"], "08:00", "16:00")]);

        Of(always, shut).Should().Be(Of(always with { Paused = true }, shut));
        Of(always, shut with { Hours = hours }).Should().NotBe(Of(always, shut));
        Of(always with { Hours = hours }, shut).Should().NotBe(Of(always, shut with { Hours = hours }));

        static string Of(params RouteChannel[] channels) => SwitchHash.Of(
            Scope, new DispositionCount("aa", 10, 500, []), [], RuleGiven.Map(RoutingTable.None, [], null, channels));
    }

    [Fact]
    public void It_changes_when_any_part_changes()
    {
        string[] others =
        [
            SwitchHash.Of(Scope with { Programme = "other" }, "aa", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope with { CycleId = new CycleId(Guid.CreateVersion7(Given.At.AddDays(1))) }, "aa", 10, 500,
                Routes, 1, Terms),
            SwitchHash.Of(Scope with { Areas = ["NE001"] }, "aa", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope with { Areas = [] }, "aa", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope with { FromChannels = ["t1-momo"] }, "aa", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope with { ToTrack = 1 }, "aa", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope, "ab", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope, "aa", 11, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 501, Routes, 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, Routes, 2, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, Routes[..2], 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [Routes[0] with { Channel = "t2-bank" }, .. Routes[1..]], 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [.. Routes[..2], Routes[2] with { Channel = "t2-agency" }], 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [Routes[0] with { Instrument = Instrument.Bank }, .. Routes[1..]], 1,
                Terms),
            SwitchHash.Of(Scope with { PilotPercent = 20 }, "aa", 10, 500, Routes, 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [Routes[0] with { FundingSource = "donor" }, .. Routes[1..]], 1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [Routes[0] with { Drawn = new ObligationDraw(30, 0) }, .. Routes[1..]],
                1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [Routes[0] with { Drawn = new ObligationDraw(0, 20) }, .. Routes[1..]],
                1, Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, [Routes[0] with { Named = RuleGiven.Obligation(1) }, .. Routes[1..]], 1,
                Terms),
            SwitchHash.Of(Scope, "aa", 10, 500, Routes, 1, ["constraint C-7 v2"]),
            SwitchHash.Of(Scope, "aa", 10, 500, Routes, 1, []),
        ];

        others.Append(Hash).Should().OnlyHaveUniqueItems();
    }
}
