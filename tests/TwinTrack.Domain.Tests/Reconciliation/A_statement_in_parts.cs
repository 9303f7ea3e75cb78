using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class A_statement_in_parts
{
    private static readonly StatementTotals Totals = new(
        2, 3, 300, 50, "XOF", true, DateTimeOffset.UnixEpoch, new string('a', 64), "ada@government");

    [Theory]
    [InlineData(3, 300, 50, StatementState.Matching)]
    [InlineData(2, 300, 50, StatementState.Refused)]
    [InlineData(4, 300, 50, StatementState.Refused)]
    [InlineData(3, 299, 50, StatementState.Refused)]
    [InlineData(3, 301, 50, StatementState.Refused)]
    [InlineData(3, 300, 49, StatementState.Refused)]
    [InlineData(3, 300, 51, StatementState.Refused)]
    public void Counts_when_each_of_its_totals_is_as_declared(
        long lines, long paid, long returned, StatementState state)
    {
        var statement = Fresh();
        statement.End(Totals);
        statement.Take(1, 100, 20);

        statement.Take(lines - 1, paid - 100, returned - 20);

        statement.State.Should().Be(state);
        (statement.Lines, statement.PaidMinor, statement.ReturnedMinor).Should().Be((lines, paid, returned));
        statement.Refusal.Should().Be(state == StatementState.Refused ? "statement.totals_differ" : null);
    }

    [Fact]
    public void Keeps_what_the_provider_declared()
    {
        var statement = Fresh();

        statement.End(Totals);

        (statement.ChunksExpected, statement.LinesExpected, statement.PaidExpectedMinor,
            statement.ReturnedExpectedMinor).Should().Be((2, 3, 300, 50));
        (statement.Currency, statement.Final, statement.CoversUntil, statement.Sha256, statement.ImportedBy).Should()
            .Be(("XOF", true, DateTimeOffset.UnixEpoch, new string('a', 64), "ada@government"));
    }

    [Fact]
    public void Waits_for_its_end_and_for_all_its_parts()
    {
        var statement = Fresh();
        statement.Take(2, 200, 50);
        statement.Take(1, 100, 0);
        statement.State.Should().Be(StatementState.Receiving, "nobody knows yet that this was all");

        statement.End(Totals);

        (statement.State, statement.Chunks).Should().Be((StatementState.Matching, 2));
    }

    [Fact]
    public void Ends_once()
    {
        var statement = Fresh();
        statement.End(Totals);

        Code(statement.End(Totals with { Chunks = 1 })).Should().Be("statement.not_receiving");

        (statement.ChunksExpected, statement.Version).Should().Be((2, 1));
    }

    [Fact]
    public void That_is_complete_takes_neither_a_part_nor_an_end()
    {
        var statement = Complete();
        var version = statement.Version;

        Code(statement.Take(1, 100, 0)).Should().Be("statement.not_receiving");
        Code(statement.End(Totals)).Should().Be("statement.not_receiving");

        (statement.Lines, statement.PaidMinor, statement.Version).Should().Be((3, 300, version));
    }

    [Fact]
    public void Is_finished_when_its_lines_are_compared()
    {
        var statement = Complete();

        statement.Finish();

        statement.State.Should().Be(StatementState.Matched);
    }

    [Fact]
    public void Has_a_new_version_after_every_change_so_that_one_of_two_writers_succeeds()
    {
        var statement = Fresh();
        var versions = new List<int> { statement.Version };
        Action[] changes =
        [
            () => statement.Take(1, 100, 0), () => statement.End(Totals), () => statement.Take(2, 200, 50),
            () => statement.Finish(),
        ];

        foreach (var change in changes)
        {
            change();
            versions.Add(statement.Version);
        }

        versions.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    private static Statement Complete()
    {
        var statement = Fresh();
        statement.End(Totals);
        statement.Take(1, 100, 0);
        statement.Take(2, 200, 50);
        return statement;
    }

    private static Statement Fresh() =>
        new() { Id = StatementId.New(TimeProvider.System), Channel = "t1-momo", ReceivedAt = default };

    private static string Code(Result<Statement> result) => result.Match(_ => "", refusal => refusal.Code);
}
