using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class A_break
{
    private static readonly Actor Ada = new("ada", "government");
    private static readonly Actor Ben = new("ben", "government");
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly BreakId Id = BreakId.From(new Guid(9, 0, 0, new byte[8]));
    private static readonly Guid Instruction = new(1, 0, 0, new byte[8]);
    private static readonly StatementId First = StatementId.From(new Guid(2, 0, 0, new byte[8]));
    private static readonly StatementId Second = StatementId.From(new Guid(3, 0, 0, new byte[8]));

    private static readonly StatementLine Line = new()
    {
        StatementId = First,
        Line = 7,
        Channel = "t2-momo",
        InstructionId = Instruction,
        Kind = LineKind.Paid,
        AmountMinor = 990,
        Currency = "USD",
        BookedOn = new DateOnly(2026, 11, 20),
        ProviderReference = "A",
    };

    private static readonly Expectation Expected = new()
    {
        InstructionId = Instruction,
        ObligationId = ObligationId.From(new Guid(4, 0, 0, new byte[8])),
        BatchId = BatchId.From(new Guid(5, 0, 0, new byte[8])),
        Programme = "NE-SSN",
        Currency = "XOF",
        Channel = "t2-bank",
        Track = 2,
        FundingSource = "treasury",
        State = InstructionState.Settled,
        Version = 4,
        OrderedMinor = 1_000,
        DeliveredMinor = 900,
    };

    [Fact]
    public void Of_a_line_holds_what_the_line_shows_and_what_we_expect()
    {
        var found = Break.OfLine(Id, BreakKind.AmountDiffers, Line, Expected, At);

        (found.Id, found.Kind, found.Owner, found.BatchId, found.ObligationId, found.OpenedAt).Should()
            .Be((Id.Value, BreakKind.AmountDiffers, "partner/finance", Expected.BatchId, Expected.ObligationId, At));
        (found.InstructionId, found.Channel, found.StatementId, found.Line, found.FoundMinor, found.Currency).Should()
            .Be((Instruction, "t2-momo", First, 7, 990, "USD"));
        (found.State, found.Version, found.Key).Should()
            .Be((BreakState.Open, 0, Break.KeyOf(BreakKind.AmountDiffers, Line)));
    }

    [Theory]
    [InlineData(900L, 1_000L, 900L)]
    [InlineData(null, 1_000L, 1_000L)]
    [InlineData(null, null, null)]
    public void Of_a_line_expects_the_delivered_amount_else_the_ordered_one(
        long? delivered, long? ordered, long? minor) =>
        Break.OfLine(
            Id, BreakKind.AmountDiffers, Line, Expected with { DeliveredMinor = delivered, OrderedMinor = ordered }, At)
            .ExpectedMinor.Should().Be(minor);

    [Fact]
    public void Of_a_line_without_our_reference_belongs_to_the_government()
    {
        var found = Break.OfLine(Id, BreakKind.UnknownReference, Line, null, At);

        (found.Owner, found.BatchId, found.ObligationId, found.ExpectedMinor).Should()
            .Be(("government/reconciler", null, null, null));
    }

    [Fact]
    public void Of_an_absence_holds_the_payment_that_no_line_shows()
    {
        var found = Break.OfAbsence(Id, Expected, First, At);

        (found.Id, found.Kind, found.Owner, found.BatchId, found.ObligationId, found.OpenedAt).Should().Be(
            (Id.Value, BreakKind.SettledNotOnStatement, "partner/reconciler", Expected.BatchId, Expected.ObligationId,
                At));
        (found.InstructionId, found.Channel, found.StatementId, found.Line, found.FoundMinor, found.Currency).Should()
            .Be((Instruction, "t2-bank", First, null, null, "XOF"));
        (found.ExpectedMinor, found.Key).Should().Be((900, Break.KeyOfAbsence(Instruction)));
    }

    [Fact]
    public void About_an_instruction_is_one_for_its_kind_and_the_lines_kind()
    {
        var key = Break.KeyOf(BreakKind.AmountDiffers, Line);

        Key(BreakKind.AmountDiffers, Line with { StatementId = Second, Line = 1, ProviderReference = "B" }).Should()
            .Be(key);
        Key(BreakKind.PaidNotSettled, Line).Should().NotBe(key);
        Key(BreakKind.AmountDiffers, Line with { Kind = LineKind.Returned }).Should().NotBe(key);
        Key(BreakKind.AmountDiffers, Line with { InstructionId = Guid.Empty }).Should().NotBe(key);
    }

    [Fact]
    public void Without_our_reference_is_one_for_the_providers_reference_on_its_channel()
    {
        var line = Line with { InstructionId = null };
        var key = Key(BreakKind.UnknownReference, line);

        Key(BreakKind.UnknownReference, line with { StatementId = Second, Line = 1 }).Should().Be(key);
        Key(BreakKind.UnknownReference, line with { ProviderReference = "B" }).Should().NotBe(key);
        Key(BreakKind.UnknownReference, line with { Channel = "t2-bank" }).Should().NotBe(key);
        Key(BreakKind.UnknownReference, line with { Kind = LineKind.Returned }).Should().NotBe(key);
    }

    [Fact]
    public void Without_any_reference_is_one_for_each_line()
    {
        var line = Line with { InstructionId = null, ProviderReference = null };
        string[] keys =
        [
            Key(BreakKind.UnknownReference, line), Key(BreakKind.UnknownReference, line with { Line = 8 }),
            Key(BreakKind.UnknownReference, line with { StatementId = Second }),
        ];

        keys.Should().OnlyHaveUniqueItems();
        Key(BreakKind.UnknownReference, line with { Channel = "t2-bank" }).Should().Be(keys[0]);
    }

    [Fact]
    public void About_a_duplicate_is_one_for_each_line()
    {
        string[] keys =
        [
            Key(BreakKind.DuplicateLine, Line), Key(BreakKind.DuplicateLine, Line with { Line = 8 }),
            Key(BreakKind.DuplicateLine, Line with { StatementId = Second }), Key(BreakKind.AmountDiffers, Line),
            Break.KeyOfAbsence(Instruction), Break.KeyOfAbsence(Guid.Empty),
        ];

        keys.Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(0, "break.no_note")]
    [InlineData(1, "")]
    [InlineData(1_000, "")]
    [InlineData(1_001, "break.no_note")]
    public void Takes_a_note_of_one_to_a_thousand_characters(int length, string code)
    {
        var note = new string('n', length);
        var proposed = Found();
        proposed.ProposeWriteOff(Ada, "too small");

        Code(Found().Resolve(Ada, note, At)).Should().Be(code);
        Code(Found().ProposeWriteOff(Ada, note)).Should().Be(code);
        Code(proposed.DecideWriteOff(Ben, approve: true, note, At)).Should().Be(code);
    }

    [Fact]
    public void Takes_no_step_without_a_note()
    {
        var found = Found();

        Code(found.Resolve(Ada, null, At)).Should().Be("break.no_note");
        Code(found.ProposeWriteOff(Ada, null)).Should().Be("break.no_note");

        (found.State, found.Version, found.Note).Should().Be((BreakState.Open, 0, null));
    }

    [Fact]
    public void That_is_resolved_records_who_when_and_why()
    {
        var found = Found();

        found.Resolve(Ada, "seen on paper", At);

        (found.State, found.ClosedBy, found.ClosedAt, found.Note, found.Version).Should()
            .Be((BreakState.Resolved, "ada@government", At, "seen on paper", 1));
        Code(found.Resolve(Ben, "again", At)).Should().Be("lifecycle.not_allowed");
        found.ClosedBy.Should().Be("ada@government");
    }

    [Fact]
    public void That_one_person_would_write_off_is_not_closed()
    {
        var found = Found();

        found.ProposeWriteOff(Ada, "too small");

        (found.State, found.ProposedBy, found.Note, found.Version).Should()
            .Be((BreakState.WriteOffProposed, "ada@government", "too small", 1));
        (found.ClosedBy, found.ClosedAt).Should().Be((null, null));
    }

    [Fact]
    public void That_two_people_write_off_records_the_second_as_its_closer()
    {
        var found = Found();
        found.ProposeWriteOff(Ada, "too small");

        found.DecideWriteOff(Ben, approve: true, "agreed", At);

        (found.State, found.ProposedBy, found.ClosedBy, found.ClosedAt, found.Note, found.Version).Should()
            .Be((BreakState.WrittenOff, "ada@government", "ben@government", At, "agreed", 2));
    }

    [Theory]
    [InlineData("government")]
    [InlineData("partner")]
    [InlineData("")]
    public void Is_not_written_off_by_its_proposer_under_another_party(string party)
    {
        var found = Found();
        found.ProposeWriteOff(Ada, "too small");

        Code(found.DecideWriteOff(new Actor(Ada.User, party), approve: true, "agreed", At)).Should()
            .Be("break.same_person");

        found.State.Should().Be(BreakState.WriteOffProposed);
    }

    [Fact]
    public void May_be_kept_open_by_the_one_who_proposed_the_write_off()
    {
        var found = Found();
        found.ProposeWriteOff(Ada, "too small");

        Code(found.DecideWriteOff(Ada, approve: false, "I was wrong", At)).Should().BeEmpty();

        (found.State, found.ProposedBy, found.ClosedBy, found.Note, found.Version).Should()
            .Be((BreakState.Open, null, null, "I was wrong", 2));
    }

    [Fact]
    public void That_was_kept_open_may_be_written_off_by_the_same_two_in_other_roles()
    {
        var found = Found();
        found.ProposeWriteOff(Ada, "too small");
        found.DecideWriteOff(Ben, approve: false, "chase it", At);
        found.ProposeWriteOff(Ben, "chased");

        Code(found.DecideWriteOff(Ada, approve: true, "agreed", At)).Should().BeEmpty();

        found.State.Should().Be(BreakState.WrittenOff);
    }

    [Fact]
    public void Is_not_written_off_before_somebody_proposes_it() =>
        Code(Found().DecideWriteOff(Ben, approve: true, "agreed", At)).Should().Be("lifecycle.not_allowed");

    [Fact]
    public void Keeps_a_batch_open_until_it_is_resolved_or_written_off() =>
        BreakLifecycle.Unsettled.Should().BeEquivalentTo([BreakState.Open, BreakState.WriteOffProposed]);

    private static Break Found() => Break.OfLine(Id, BreakKind.AmountDiffers, Line, Expected, At);

    private static string Key(BreakKind kind, StatementLine line) => Break.KeyOf(kind, line);

    private static string Code(Result<Break> result) => result.Match(_ => "", refusal => refusal.Code);
}
