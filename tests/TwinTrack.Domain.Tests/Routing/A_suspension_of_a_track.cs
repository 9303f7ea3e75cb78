using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_suspension_of_a_track
{
    private static readonly Actor Omar = new("omar", "government");

    [Theory]
    [InlineData("government", 1, "")]
    [InlineData("government", 2, "")]
    [InlineData("partner", 1, "suspension.other_party")]
    [InlineData("partner", 2, "")]
    [InlineData("Sahel Mobile", 2, "suspension.other_party")]
    public void Is_for_the_party_that_acts_on_the_track(string party, int track, string code) =>
        (GateAuthorization.JudgeTrack(new Actor("omar", party), track)?.Code ?? "").Should().Be(code);

    [Theory]
    [InlineData("psn", 1, "", "suspension.in_force")]
    [InlineData("psn", 1, "NE001", "suspension.in_force")]
    [InlineData("psn", 1, "NE009", "")]
    [InlineData("psn", 2, "NE001", "")]
    [InlineData("other", 1, "NE001", "")]
    public void Is_refused_where_one_in_force_meets_it(string programme, int track, string areas, string code)
    {
        var first = Asked("psn", 1, "NE001 NE002");

        var begun = Suspension.Begin(Asked(programme, track, areas), [first]);

        Given.CodeOf(begun).Should().Be(code);
    }

    [Fact]
    public void Names_the_one_that_it_meets_and_what_to_do()
    {
        var first = Asked("psn", 1, "NE001");

        Given.ReasonOf(Suspension.Begin(Asked("psn", 1, ""), [first])).Should()
            .Contain(first.Id.ToString()).And.Contain("track 1 for psn in NE001").And.Contain("track resume");
        Given.ReasonOf(Suspension.Begin(Asked("psn", 1, ""), [Asked("psn", 1, "")])).Should().Contain("all areas");
    }

    [Theory]
    [InlineData("", 1, "", "because", "programme")]
    [InlineData("psn", 3, "", "because", "track")]
    [InlineData("psn", 1, "NE0*", "because", "areas")]
    [InlineData("psn", 1, "", "", "reason")]
    public void That_cannot_be_meant_is_refused_by_its_member(string programme, int track, string areas,
        string reason, string member)
    {
        var refused = Suspension.Begin(Asked(programme, track, areas, reason), []);

        Given.CodeOf(refused).Should().Be("suspension.invalid");
        Given.ReasonOf(refused).Should().StartWith(member);
    }

    [Fact]
    public void Of_too_many_areas_is_refused() =>
        Given.CodeOf(Suspension.Begin(
            Asked("psn", 1, string.Join(' ', Enumerable.Range(0, 1_001).Select(one => Invariant($"A{one}")))), []))
            .Should().Be("suspension.invalid");

    [Fact]
    public void Is_ended_once_and_keeps_who_when_and_why()
    {
        var suspension = Asked("psn", 1, "");

        suspension.IsInForce.Should().BeTrue();
        Given.CodeOf(suspension.End(" ", Omar, Given.At)).Should().Be("suspension.invalid");
        suspension.IsInForce.Should().BeTrue();
        Given.CodeOf(suspension.End("the bank pays again", Omar, Given.At)).Should().Be("");
        Given.CodeOf(suspension.End("again", new Actor("amina", "government"), Given.At.AddHours(1))).Should()
            .Be("suspension.ended");

        suspension.IsInForce.Should().BeFalse();
        (suspension.EndedBy, suspension.EndedAt, suspension.EndReason).Should()
            .Be(("omar@government", Given.At, "the bank pays again"));
    }

    [Fact]
    public void Asks_its_channels_until_each_has_answered_or_it_has_ended()
    {
        var suspension = Asked("psn", 1, "");
        suspension.AwaitsAnswers.Should().BeFalse("it has no channel");
        suspension.Channels.Add(
            new SuspendedChannel { SuspensionId = suspension.Id, Channel = "t1-momo", Epoch = 2 });

        suspension.Channels[0].Take(new RunningAnswer(7, Given.At, 0, null, null));
        suspension.AwaitsAnswers.Should().BeTrue();
        suspension.Channels[0].Take(new RunningAnswer(7, Given.At, 0, 0, 3));
        suspension.AwaitsAnswers.Should().BeFalse();

        var ended = Asked("psn", 1, "");
        ended.Channels.Add(new SuspendedChannel { SuspensionId = ended.Id, Channel = "t1-momo", Epoch = 2 });
        ended.End("the bank pays again", Omar, Given.At);
        ended.AwaitsAnswers.Should().BeFalse();
    }

    private static Suspension Asked(string programme, int track, string areas, string reason = "no treasury") => new()
    {
        Id = new SuspensionId(Guid.CreateVersion7(Given.At)),
        Programme = programme,
        Areas = areas.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Track = track,
        Reason = reason,
        SuspendedBy = "omar@government",
        SuspendedAt = Given.At,
    };
}
