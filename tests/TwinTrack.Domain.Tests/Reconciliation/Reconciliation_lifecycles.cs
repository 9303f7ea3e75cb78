using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Reconciliation_lifecycles
{
    // A letter where a trigger leads somewhere, a dot where it is refused. Change a lifecycle and redraw it by hand;
    // that is the point.
    private const string Breaks = """
                          Resolve ProposeWriteOff ApproveWriteOff RejectWriteOff
        Open              R       P               .               .
        Resolved          .       .               .               .
        WriteOffProposed  R       .               W               O
        WrittenOff        .       .               .               .
        """;

    private const string Statements = """
                   Complete Refuse Finish
        Receiving  M        X      .
        Matching   .        .      D
        Matched    .        .      .
        Refused    .        .      .
        """;

    private const string Batches = """
                   Sign  Confirm  Refuse
        Open       S     .        .
        Closing    .     C        O
        Certified  .     .        .
        """;

    private static readonly Actor Ada = new("ada", "government");
    private static readonly Actor Ben = new("ben", "government");

    [Fact]
    public void Every_cell_of_the_breaks_picture_is_what_the_table_says() => Compare(Breaks, BreakLifecycle.Table, new()
    {
        ['O'] = BreakState.Open,
        ['R'] = BreakState.Resolved,
        ['P'] = BreakState.WriteOffProposed,
        ['W'] = BreakState.WrittenOff,
    });

    [Fact]
    public void Every_cell_of_the_statements_picture_is_what_the_table_says() =>
        Compare(Statements, StatementLifecycle.Table, new()
        {
            ['M'] = StatementState.Matching,
            ['D'] = StatementState.Matched,
            ['X'] = StatementState.Refused,
        });

    [Fact]
    public void Every_cell_of_the_batches_picture_is_what_the_table_says() =>
        Compare(Batches, BatchLifecycle.Table, new()
        {
            ['O'] = BatchState.Open,
            ['S'] = BatchState.Closing,
            ['C'] = BatchState.Certified,
        });

    [Fact]
    public void A_write_off_takes_two_people()
    {
        var found = Found();

        found.ProposeWriteOff(Ada, "too small to chase").Should().BeOfType<Result<Break>.Ok>();
        found.DecideWriteOff(Ada, approve: true, "yes", default).Match(_ => "", refusal => refusal.Code).Should()
            .Be("break.same_person");
        found.State.Should().Be(BreakState.WriteOffProposed);
        found.DecideWriteOff(Ben, approve: true, "agreed", default).Should().BeOfType<Result<Break>.Ok>();

        found.State.Should().Be(BreakState.WrittenOff);
        found.ClosedBy.Should().Be("ben@government");
    }

    [Fact]
    public void A_refused_write_off_leaves_the_break_open()
    {
        var found = Found();
        found.ProposeWriteOff(Ada, "too small to chase");

        found.DecideWriteOff(Ben, approve: false, "chase it", default);

        found.State.Should().Be(BreakState.Open);
    }

    [Fact]
    public void Nobody_closes_a_break_without_saying_why() =>
        Found().Resolve(Ada, " ", default).Match(_ => "", refusal => refusal.Code).Should().Be("break.no_note");

    [Fact]
    public void A_statement_whose_totals_differ_is_refused_whichever_end_came_first()
    {
        var totals = new StatementTotals(2, 3, 300, 0, "XOF", true, default, new string('a', 64), "ada@government");
        var endFirst = Received();
        endFirst.End(totals);
        endFirst.Take(2, 200, 0);
        endFirst.State.Should().Be(StatementState.Receiving);
        endFirst.Take(1, 99, 0);
        var endLast = Received();
        endLast.Take(2, 200, 0);
        endLast.Take(1, 99, 0);
        endLast.End(totals);

        endFirst.State.Should().Be(StatementState.Refused);
        endLast.State.Should().Be(StatementState.Refused);
        endLast.Refusal.Should().Be("statement.totals_differ");
    }

    private static Statement Received() =>
        new() { Id = StatementId.New(TimeProvider.System), Channel = "t1-momo", ReceivedAt = default };

    private static Break Found() => Break.OfLine(
        BreakId.New(TimeProvider.System),
        BreakKind.UnknownReference,
        new StatementLine
        {
            StatementId = StatementId.New(TimeProvider.System),
            Line = 1,
            Channel = "t1-momo",
            Kind = LineKind.Paid,
            AmountMinor = 100,
            Currency = "XOF",
            BookedOn = default,
        },
        null,
        default);

    private static void Compare<TState, TTrigger>(
        string picture, TransitionTable<TState, TTrigger> table, Dictionary<char, TState> letters)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var lines = picture.Split('\n');
        var triggers = Words(lines[0]).Select(Enum.Parse<TTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<TTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<TState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<TState>(), "the picture shows every state");
        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            for (var column = 0; column < triggers.Length; column++)
            {
                var next = table.Next(Enum.Parse<TState>(cells[0]), triggers[column]);
                next.Match(state => letters.Single(pair => pair.Value.Equals(state)).Key, _ => '.').Should()
                    .Be(cells[column + 1][0], $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
