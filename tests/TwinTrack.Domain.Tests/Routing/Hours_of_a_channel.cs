using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Hours_of_a_channel
{
    /// <summary>
    /// Weekdays 08:00 to 16:00 on a clock one hour before UTC, Saturday until midnight. 1 March 2026 is a Sunday.
    /// </summary>
    private static readonly OpeningHours Hours = new(
        [new(["mon", "tue", "wed", "thu", "fri"], "08:00", "16:00"), new(["sat"], "10:00", "24:00")], 60);

    [Theory]
    [InlineData("2026-03-02T06:59:00Z", false, "2026-03-02T07:00:00Z")]
    [InlineData("2026-03-02T07:00:00Z", true, "2026-03-02T15:00:00Z")]
    [InlineData("2026-03-02T14:59:00Z", true, "2026-03-02T15:00:00Z")]
    [InlineData("2026-03-02T15:00:00Z", false, "2026-03-03T07:00:00Z")]
    [InlineData("2026-03-06T15:00:00Z", false, "2026-03-07T09:00:00Z")]
    [InlineData("2026-03-07T22:59:00Z", true, "2026-03-07T23:00:00Z")]
    [InlineData("2026-03-01T08:00:00Z", false, "2026-03-02T07:00:00Z")]
    public void Are_kept_on_the_providers_own_clock(string at, bool open, string changes)
    {
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        Hours.IsOpen(now).Should().Be(open);
        Hours.NextChange(now).Should()
            .Be(DateTimeOffset.Parse(changes, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("mon", "08:00", "16:00", 0, "")]
    [InlineData("mon sun", "00:00", "24:00", 0, "")]
    [InlineData("mon", "08:00", "08:01", 0, "")]
    [InlineData("mon", "08:00", "08:00", 0, "hours.windows")]
    [InlineData("mon", "16:00", "08:00", 0, "hours.windows")]
    [InlineData("mon", "8", "16:00", 0, "hours.windows")]
    [InlineData("mon", "08:00", "24:01", 0, "hours.windows")]
    [InlineData("mon", "08:00", null, 0, "hours.windows")]
    [InlineData("mon", null, "16:00", 0, "hours.windows")]
    [InlineData("monday", "08:00", "16:00", 0, "hours.windows")]
    [InlineData("", "08:00", "16:00", 0, "hours.windows")]
    [InlineData("mon", "08:00", "16:00", -721, "hours.utcOffsetMinutes")]
    [InlineData("mon", "08:00", "16:00", -720, "")]
    [InlineData("mon", "08:00", "16:00", 840, "")]
    [InlineData("mon", "08:00", "16:00", 841, "hours.utcOffsetMinutes")]
    public void Are_refused_when_they_cannot_be_kept(
        string days, string? from, string? until, int offset, string field) =>
        Given.FieldOf(new OpeningHours(
            [new(["tue"], "08:00", "16:00"),
                new(days.Split(' ', StringSplitOptions.RemoveEmptyEntries), from!, until!)], offset).Fault())
            .Should().Be(field);

    [Theory]
    [InlineData(0, "hours.windows")]
    [InlineData(1, "")]
    [InlineData(20, "")]
    [InlineData(21, "hours.windows")]
    public void Have_one_to_twenty_windows(int count, string field) =>
        Given.FieldOf(new OpeningHours([.. Enumerable.Repeat(new OpeningWindow(["mon"], "08:00", "16:00"), count)])
            .Fault()).Should().Be(field);

    [Fact]
    public void Without_windows_or_days_are_refused()
    {
        Given.FieldOf(new OpeningHours(null!).Fault()).Should().Be("hours.windows");
        Given.FieldOf(new OpeningHours([new(null!, "08:00", "16:00")]).Fault()).Should().Be("hours.windows");
    }

    [Fact]
    public void Around_the_clock_never_change() =>
        new OpeningHours([new(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "00:00", "24:00")])
            .NextChange(Given.At).Should().BeNull();

    [Fact]
    public void That_adjoin_are_one_stretch() =>
        new OpeningHours([new(["sun"], "06:00", "12:00"), new(["sun"], "12:00", "20:00")]).NextChange(Given.At).Should()
            .Be(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Of_one_day_open_again_in_a_week() =>
        new OpeningHours([new(["sun"], "06:00", "08:00")]).NextChange(Given.At).Should()
            .Be(new DateTimeOffset(2026, 3, 8, 6, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Are_written_with_the_clock_first_and_each_window_after_it() =>
        Hours.ToString().Should().Be("60 mon,tue,wed,thu,fri:08:00-16:00 sat:10:00-24:00");

    [Fact]
    public void Close_and_open_the_gate_by_themselves()
    {
        var (channel, night, morning) = (WithHours(), Given.At, Given.At.AddDays(1));

        channel.FollowHours(night).Should().BeTrue();
        channel.Gate.Should().Be(Gate.Closing);
        channel.FollowHours(morning).Should().BeFalse("the closing is not proved yet");
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 7, night);
        channel.FollowHours(night).Should().BeFalse();
        channel.FollowHours(morning).Should().BeTrue();
        channel.Gate.Should().Be(Gate.Opening);
    }

    [Fact]
    public void Do_not_open_what_a_person_has_paused_meanwhile()
    {
        var channel = WithHours();
        channel.FollowHours(Given.At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 7, Given.At);

        Given.CodeOf(channel.Pause("fraud suspected", Given.At)).Should().BeEmpty();

        channel.FollowHours(Given.At.AddDays(1)).Should().BeFalse();
        channel.Gate.Should().Be(Gate.Closed);
        channel.PauseReason.Should().Be("fraud suspected");
    }

    [Fact]
    public void Once_taken_away_open_the_gate_that_they_closed()
    {
        var channel = WithHours();
        channel.FollowHours(Given.At);
        channel.Confirm(GateTrigger.ConfirmClosed, 1, 7, Given.At);

        Given.CodeOf(channel.Change(Given.Terms())).Should().BeEmpty();

        channel.FollowHours(Given.At).Should().BeTrue();
    }

    private static Channel WithHours()
    {
        var channel = Channel.Register("t1-momo", Given.Terms() with { Hours = Hours }, Given.At);
        return channel;
    }
}
