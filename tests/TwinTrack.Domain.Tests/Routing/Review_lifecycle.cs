using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Review_lifecycle
{
    private const string Picture = """
                   PassDeadline Confirm   Lift   Resume
        Open       Overdue      Confirmed Lifted Resumed
        Overdue    .            Confirmed Lifted Resumed
        Confirmed  .            .         Lifted Resumed
        Lifted     .            .         .      .
        Resumed    .            .         .      .
        """;

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_table_says() =>
        Lifecycle_picture.Compare(Picture, ReviewLifecycle.Table);

    [Theory]
    [InlineData("omar", ReviewTrigger.Confirm, "review.by_pauser")]
    [InlineData("omar", ReviewTrigger.Lift, "review.by_pauser")]
    [InlineData("omar", ReviewTrigger.Resume, "")]
    [InlineData("omar", ReviewTrigger.PassDeadline, "")]
    [InlineData("amina", ReviewTrigger.Confirm, "")]
    [InlineData("amina", ReviewTrigger.Lift, "")]
    public void Who_paused_does_not_review(string by, ReviewTrigger trigger, string code) =>
        Given.CodeOf(Review().Go(trigger, new Actor(by, "government"), "seen", Given.At)).Should().Be(code);

    [Fact]
    public void A_review_keeps_who_decided_when_and_why()
    {
        var review = Review();

        review.Go(ReviewTrigger.Confirm, new Actor("amina", "government"), "seen", Given.At);

        (review.State, review.DecidedBy, review.DecidedAt, review.Note).Should()
            .Be((ReviewState.Confirmed, "amina@government", Given.At, "seen"));
    }

    [Fact]
    public void A_deadline_that_passes_decides_nothing()
    {
        var review = Review();

        review.Go(ReviewTrigger.PassDeadline, Actor.System, null, Given.At);

        (review.State, review.DecidedBy, review.DecidedAt, review.Note).Should()
            .Be((ReviewState.Overdue, null, null, null));
    }

    [Fact]
    public void A_refused_decision_leaves_the_one_before()
    {
        var review = Review();
        review.Go(ReviewTrigger.Lift, new Actor("amina", "government"), "seen", Given.At);

        Given.CodeOf(review.Go(ReviewTrigger.Confirm, new Actor("boris", "partner"), "no", Given.At.AddHours(1)))
            .Should().Be("lifecycle.not_allowed");

        (review.State, review.DecidedBy, review.Note).Should().Be((ReviewState.Lifted, "amina@government", "seen"));
    }

    [Fact]
    public void A_pause_stands_until_someone_opens_the_channel() =>
        ReviewLifecycle.Standing.Should().Equal(ReviewState.Open, ReviewState.Overdue, ReviewState.Confirmed);

    [Fact]
    public void Where_no_protocol_speaks_an_operator_may_pause_for_three_days()
    {
        PauseReview.PauseRoles([]).Should().Equal(Role.Operator);
        PauseReview.HoursUntilReview([]).Should().Be(72);
    }

    [Fact]
    public void Of_several_protocols_any_lets_pause_and_the_strictest_has_it_reviewed()
    {
        Protocol[] inForce = [With(24, Role.Operator), With(6, Role.CoChair)];

        PauseReview.PauseRoles(inForce).Should().BeEquivalentTo(Role.Operator, Role.CoChair);
        PauseReview.HoursUntilReview(inForce).Should().Be(6);
    }

    private static PauseReview Review() => new()
    {
        Id = new PauseReviewId(Guid.CreateVersion7(Given.At)),
        Channel = "t1-momo",
        PausedBy = "omar@government",
        Reason = "queue is full",
        OpenedAt = Given.At,
        DueAt = Given.At.AddHours(72),
    };

    private static Protocol With(int hours, string role) => Given.Protocol(Given.ProtocolTerms() with
    {
        Emergency = new EmergencyTerms
        {
            Quorum = new Dictionary<string, int> { ["government"] = 1 },
            RatificationQuorum = new Dictionary<string, int> { ["partner"] = 1 },
            RatifyWithinHours = 24,
            ReviewWithinHours = hours,
            PauseRoles = [role],
        },
    });
}
