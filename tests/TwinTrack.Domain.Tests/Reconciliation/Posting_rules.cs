using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;
using static TwinTrack.Reconciliation.Domain.InstructionState;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Posting_rules
{
    // From down, to across: where the money goes. C committed, F in flight, D disbursed; a dot books nothing.
    private const string Picture = """
                    Planned Released Sent Accepted InDoubt Settled Rejected Recalled Withdrawn Returned Abandoned SettledLate
        Planned     .       F        F    F        F       D       .        .        .         .        .         .
        Released    C       .        .    .        .       D       C        C        C         C        C         C
        Sent        C       .        .    .        .       D       C        C        C         C        C         C
        Accepted    C       .        .    .        .       D       C        C        C         C        C         C
        InDoubt     C       .        .    .        .       D       C        C        C         C        C         C
        Settled     C       F        F    F        F       .       C        C        C         C        C         C
        Rejected    .       F        F    F        F       D       .        .        .         .        .         .
        Recalled    .       F        F    F        F       D       .        .        .         .        .         .
        Withdrawn   .       F        F    F        F       D       .        .        .         .        .         .
        Returned    .       F        F    F        F       D       .        .        .         .        .         .
        Abandoned   .       F        F    F        F       D       .        .        .         .        .         .
        SettledLate .       F        F    F        F       D       .        .        .         .        .         .
        """;

    private static readonly BatchId Batch = BatchId.New(TimeProvider.System);

    /// <summary>The lives that an instruction may have, also those by which a provider contradicts itself.</summary>
    private static readonly InstructionState[][] Lives =
    [
        [Planned, Released],
        [Planned, Released, Sent],
        [Planned, Released, Withdrawn],
        [Planned, Released, Sent, Rejected],
        [Planned, Released, Sent, Accepted, Settled],
        [Planned, Released, Sent, Settled, Returned],
        [Planned, Released, Sent, InDoubt, Recalled],
        [Planned, Released, Sent, Accepted, InDoubt, Settled],
        [Planned, Released, Sent, Rejected, Settled],
        [Planned, Released, Sent, InDoubt, Abandoned],
        [Planned, Released, Sent, InDoubt, Abandoned, Recalled],
        [Planned, Released, Sent, InDoubt, Abandoned, SettledLate],
        [Planned, Released, Sent, InDoubt, Abandoned, SettledLate, Returned],
    ];

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_rules_say()
    {
        var lines = Picture.Split('\n');
        var columns = Words(lines[0]).Select(Enum.Parse<InstructionState>).ToArray();
        columns.Should().BeEquivalentTo(Enum.GetValues<InstructionState>());
        lines[1..].Select(line => Enum.Parse<InstructionState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<InstructionState>());
        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            var from = Enum.Parse<InstructionState>(cells[0]);
            for (var column = 0; column < columns.Length; column++)
            {
                var drawn = PostingRules.Between(from, columns[column]) switch
                {
                    null => ".",
                    (LedgerPosition.Committed, _) => "C",
                    (LedgerPosition.InFlight, _) => "F",
                    _ => "D",
                };
                drawn.Should().Be(cells[column + 1], $"{from} to {columns[column]}");
                PostingRules.Between(from, columns[column])?.Credit.Should().Be(PostingRules.PlaceOf(from));
            }
        }
    }

    [Fact]
    public void Funds_are_booked_by_their_kind_and_an_unknown_kind_is_refused()
    {
        var committed = FundPostingRules.Of("committed", "NE-SSN", "treasury", Batch, 100)
            .Match(posting => posting, _ => null!);

        (committed.Debit, committed.Credit).Should().Be(($"committed:{Batch}:treasury", "funds:NE-SSN:treasury"));
        FundPostingRules.Of("deposited", "NE-SSN", "treasury", null, 100).Should().BeOfType<Result<Posting>.Ok>();
        FundPostingRules.Of("decommitted", "NE-SSN", "treasury", Batch, 100).Should().BeOfType<Result<Posting>.Ok>();
        FundPostingRules.Of("committed", "NE-SSN", "treasury", null, 100).Should().BeOfType<Result<Posting>.No>();
        FundPostingRules.Of("stolen", "NE-SSN", "treasury", null, 100).Should().BeOfType<Result<Posting>.No>();
    }

    [Theory]
    [InlineData("deposited", false, "funds:NE-SSN:treasury > deposits:NE-SSN:treasury")]
    [InlineData("deposited", true, "funds.unknown_kind")]
    [InlineData("committed", true, "committed:BATCH:treasury > funds:NE-SSN:treasury")]
    [InlineData("committed", false, "funds.unknown_kind")]
    [InlineData("decommitted", true, "funds:NE-SSN:treasury > committed:BATCH:treasury")]
    [InlineData("decommitted", false, "funds.unknown_kind")]
    [InlineData("stolen", true, "funds.unknown_kind")]
    public void Funds_go_from_account_to_account_as_drawn(string kind, bool ofABatch, string expected) =>
        FundPostingRules.Of(kind, "NE-SSN", "treasury", ofABatch ? Batch : null, 100)
            .Match(
                one => one.Cause == kind && one.AmountMinor == 100 ? $"{one.Debit} > {one.Credit}" : one.ToString(),
                refusal => refusal.Code)
            .Should().Be(expected.Replace("BATCH", Batch.Text, StringComparison.Ordinal));

    [Theory]
    [InlineData(LedgerPosition.Committed, "committed:BATCH:treasury")]
    [InlineData(LedgerPosition.InFlight, "in-flight:t1-momo")]
    [InlineData(LedgerPosition.Disbursed, "disbursed:t1-momo")]
    public void Every_position_of_money_is_an_account(LedgerPosition place, string account) =>
        Account.Of(place, Batch, "t1-momo", "treasury").Should()
            .Be(account.Replace("BATCH", Batch.Text, StringComparison.Ordinal));

    [Fact]
    public void Bookings_are_in_order_of_cause_and_debit_whatever_came_first()
    {
        var booked = BookedPosting.Together(
            [new("b", "x", "z", 1), new("a", "y", "z", 2), new("B", "x", "z", 3), new("a", "x", "z", 4)]);

        booked.Select(one => one.Cause + one.Debit).Should().Equal("Bx", "ax", "ay", "bx");
    }

    [Fact]
    public void A_booking_debits_one_account_with_what_it_credits_another() =>
        new BookedPosting("a", "x", "y", 2, 30).Entries.Should().Equal(("x", 30L), ("y", -30L));

    [Fact]
    public void Like_postings_are_booked_as_one_with_their_count()
    {
        var booked = BookedPosting.Together([new("a", "x", "y", 1), new("a", "x", "y", 2), new("a", "x", "z", 4)]);

        booked.Should().HaveCount(2);
        booked[0].Should().BeEquivalentTo(new { Count = 2L, AmountMinor = 3L });
    }

    [Fact]
    public void The_rest_of_a_partial_delivery_goes_back_to_what_is_committed()
    {
        var balances = Balances(Fold(History(1, [Planned, Released, Sent, Settled], 1_000, delivered: 600)).Postings);

        balances[$"committed:{Batch}:treasury"].Should().Be(-600);
        balances["in-flight:t1-momo"].Should().Be(0);
        balances["disbursed:t1-momo"].Should().Be(600);
    }

    [Fact]
    public void Any_order_of_arrival_gives_the_same_states_and_the_same_balances()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var changes = Enumerable.Range(1, 12).SelectMany(number =>
            {
                var ordered = random.Next(1, 1_000);
                return History(number, Lives[random.Next(Lives.Length)], ordered,
                    random.Next(3) == 0 ? random.Next(1, ordered + 1) : ordered);
            }).ToArray();
            var shuffled = changes.ToArray();
            random.Shuffle(shuffled);

            var (expected, postings) = Fold(changes);
            var (seen, other) = Fold(shuffled, partsOf: random.Next(1, 7));

            seen.OrderBy(row => row.InstructionId).Should()
                .Equal(expected.OrderBy(row => row.InstructionId), Invariant($"seed {seed}"));
            Balances(other).Should().BeEquivalentTo(Balances(postings), Invariant($"seed {seed}"));
            BookedPosting.Together(other).Should()
                .OnlyContain(booked => booked.Entries.Sum(entry => entry.AmountMinor) == 0, Invariant($"seed {seed}"));
        }
    }

    [Fact]
    public void What_stands_in_the_accounts_is_what_the_states_say()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var (rows, postings) = Fold(Enumerable.Range(1, 20)
                .SelectMany(number => History(number, Lives[random.Next(Lives.Length)], random.Next(1, 1_000)))
                .ToArray());
            var balances = Balances(postings);

            balances.Values.Sum().Should().Be(0, Invariant($"seed {seed}"));
            balances.GetValueOrDefault("disbursed:t1-momo").Should()
                .Be(rows.Where(row => row.State == Settled).Sum(row => row.DeliveredMinor!.Value),
                    Invariant($"seed {seed}"));
            balances.GetValueOrDefault("in-flight:t1-momo").Should().Be(
                rows.Where(row => PostingRules.PlaceOf(row.State) == LedgerPosition.InFlight)
                    .Sum(row => row.OrderedMinor!.Value), Invariant($"seed {seed}"));
        }
    }

    private static StateChange[] History(int number, InstructionState[] life, long ordered, long? delivered = null) =>
    [
        .. Enumerable.Range(1, life.Length - 1).Select(version => new StateChange(
            InstructionId.From(new Guid(number, 0, 0, new byte[8])),
            ObligationId.From(new Guid(number, 1, 0, new byte[8])),
            Batch,
            "NE-SSN",
            "XOF",
            "t1-momo",
            1,
            "treasury",
            version,
            life[version - 1],
            life[version],
            life[version] is Settled or Returned ? delivered ?? ordered : ordered,
            DateTimeOffset.UnixEpoch.AddHours(version))),
    ];

    /// <summary>As the handler does: some changes a message, the rest from what is stored.</summary>
    private static (List<Expectation> Rows, List<Posting> Postings) Fold(StateChange[] changes, int partsOf = 1_000)
    {
        var stored = new Dictionary<Guid, Expectation>();
        var postings = new List<Posting>();
        foreach (var part in changes.Chunk(partsOf))
        {
            var (changed, booked) = Expectation.Apply(stored, part);
            postings.AddRange(booked);
            foreach (var row in changed)
            {
                stored[row.InstructionId] = row;
            }
        }

        return ([.. stored.Values], postings);
    }

    private static Dictionary<string, long> Balances(IEnumerable<Posting> postings) => BookedPosting.Together(postings)
        .SelectMany(booked => booked.Entries).GroupBy(entry => entry.Account)
        .ToDictionary(group => group.Key, group => group.Sum(entry => entry.AmountMinor));

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
