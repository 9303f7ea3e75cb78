using System.Reflection;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Providers.Domain;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class Typed_ids
{
    private const string Digits = "0198c0ffee0198c0ffee0198c0ffee01";

    public static TheoryData<string, Type> Kinds => new()
    {
        { "bat", typeof(BatchId) },
        { "brk", typeof(BreakId) },
        { "cyc", typeof(CycleId) },
        { "dup", typeof(DuplicateId) },
        { "ent", typeof(EntitlementId) },
        { "evd", typeof(EvidenceId) },
        { "for", typeof(ForcedMoveId) },
        { "hh", typeof(HouseholdId) },
        { "imp", typeof(ImportId) },
        { "inc", typeof(IncidentId) },
        { "ins", typeof(InstructionId) },
        { "ltx", typeof(LedgerTransactionId) },
        { "mov", typeof(MovementId) },
        { "obl", typeof(ObligationId) },
        { "rev", typeof(PauseReviewId) },
        { "run", typeof(EnrolmentRunId) },
        { "sta", typeof(StatementId) },
        { "sub", typeof(SubscriberId) },
        { "sus", typeof(SuspensionId) },
        { "swi", typeof(SwitchId) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Are_written_with_their_own_prefix_and_read_with_no_other(string prefix, Type kind) =>
        typeof(Typed_ids).GetMethod(nameof(Check), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(kind).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [prefix], null);

    [Fact]
    public void Are_all_listed_here_with_prefixes_that_no_two_share()
    {
        Kinds.Select(row => row.Data.Item2).Should().BeEquivalentTo(
            Domains.All.Append(typeof(InstructionId).Assembly).SelectMany(assembly => assembly.GetTypes())
                .Where(type => type.IsValueType && type.GetInterfaces().Any(face =>
                    face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ITypedId<>))));
        Kinds.Select(row => row.Data.Item1).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Made_new_survive_their_own_text()
    {
        var id = InstructionId.New(TimeProvider.System);

        InstructionId.Parse(id.ToString(), null).Should().Be(id);
        id.ToString().Should().StartWith("ins_").And.HaveLength(36);
    }

    [Theory]
    [InlineData("obl_0198c0ffee0198c0ffee0198c0ffee01")]
    [InlineData("ins_00000000000000000000000000000000")]
    [InlineData("ins_short")]
    [InlineData("")]
    [InlineData(null)]
    public void Do_not_take_another_kind_for_their_own(string? text) =>
        InstructionId.TryParse(text, null, out _).Should().BeFalse();

    [Theory]
    [InlineData(" ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b0")]
    [InlineData("ins_ 0198a0b0c0d0e0f0a0b0c0d0e0f0a0b0")]
    [InlineData("ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b0 ")]
    [InlineData("ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b0\n")]
    [InlineData("ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b0\0")]
    [InlineData("ins_0198A0B0C0D0E0F0A0B0C0D0E0F0A0B0")]
    [InlineData("ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0bF")]
    [InlineData("INS_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b0")]
    [InlineData("ins_0198a0b0-c0d0-e0f0-a0b0-c0d0e0f0a0b0")]
    [InlineData("ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b")]
    [InlineData("ins_0198a0b0c0d0e0f0a0b0c0d0e0f0a0b00")]
    public void Have_no_second_text(string text) => InstructionId.TryParse(text, null, out _).Should().BeFalse();

    [Fact]
    public void Made_later_sort_later()
    {
        var earlier = InstructionId.From(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(1)));
        var later = InstructionId.From(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(2)));

        string.CompareOrdinal(earlier.ToString(), later.ToString()).Should().BeNegative();
    }

    [Fact]
    public void Actors_survive_their_own_text() =>
        Actor.Parse(new Actor("co@chair", "partner").ToString()).Should().Be(new Actor("co@chair", "partner"));

    private static void Check<TId>(string prefix)
        where TId : struct, ITypedId<TId>
    {
        var text = $"{prefix}_{Digits}";
        var id = TId.From(Guid.Parse(Digits));

        id.ToString().Should().Be(text);
        TId.Parse(text, null).Should().Be(id);
        TId.TryParse(text, null, out var read).Should().BeTrue();
        read.Should().Be(id);
        foreach (var other in Kinds.Select(row => row.Data.Item1).Where(other => other != prefix))
        {
            TId.TryParse($"{other}_{Digits}", null, out _).Should().BeFalse($"{other} is another kind");
        }
    }
}
