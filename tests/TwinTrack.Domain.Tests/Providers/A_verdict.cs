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
    public void Frees_an_obligation_only_by_an_unpaid_end_of_the_two_best_grades()
    {
        var lines = Drawing.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        lines.Skip(1).Select(line => Enum.Parse<Outcome>(line[0])).Should().Equal(Enum.GetValues<Outcome>());
        foreach (var line in lines.Skip(1))
        {
            foreach (var (grade, cell) in lines[0].Select(Enum.Parse<Grade>).Zip(line.Skip(1)))
            {
                new Verdict(Enum.Parse<Outcome>(line[0]), grade, "X").Frees.Should()
                    .Be(cell == "free", $"{line[0]} of grade {grade}");
            }
        }
    }

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
}
