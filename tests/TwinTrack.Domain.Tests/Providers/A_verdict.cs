using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_verdict
{
    // Which words of which grade end an order without payment.
    private const string Drawing = """
                      A    B    C D
        Unknown       .    .    . .
        Accepted      .    .    . .
        Settled       .    .    . .
        Rejected      free free . .
        Recalled      free free . .
        RecallRefused .    .    . .
        Returned      free free . .
        """;

    [Fact]
    public void Frees_an_obligation_only_by_an_unpaid_end_of_the_two_best_grades() =>
        Picture.Compare(Drawing, Enum.GetValues<Outcome>(), Enum.GetValues<Grade>(),
            (outcome, grade) => new Verdict(outcome, grade, "X").Frees ? "free" : ".");

    [Fact]
    public void Of_something_unknown_has_no_grade_and_says_why() =>
        Verdict.Unknown("TIMEOUT").Should().Be(new Verdict(Outcome.Unknown, Grade.D, "TIMEOUT"));

    [Fact]
    public void Of_a_whole_unit_is_no_answer_about_single_orders()
    {
        var verdict = new Verdict(Outcome.Accepted, Grade.C, "ACTC");

        Reading.OfUnit("U1", verdict, "P9").Should()
            .BeEquivalentTo(new Reading([new UnitAnswer("U1", verdict, "P9")], []));
        Reading.Nothing.Should().BeEquivalentTo(new Reading([], []));
    }

    [Theory]
    [InlineData(null, "U2", true)]
    [InlineData("U1", "U1", true)]
    [InlineData("U1", "U2", false)]
    [InlineData("U1", null, false)]
    public void Of_a_document_about_one_unit_is_about_its_orders_alone(string? only, string? unit, bool about) =>
        new Reading([], [], Whole: true, OnlyUnit: only).IsAbout(unit).Should().Be(about);
}
