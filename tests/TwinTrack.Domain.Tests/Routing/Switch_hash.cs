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
