using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Kinds_of_breaks
{
    [Theory]
    [InlineData(BreakKind.UnknownReference, "unknown_reference", "reconciler")]
    [InlineData(BreakKind.AmountDiffers, "amount_differs", "finance")]
    [InlineData(BreakKind.PaidNotSettled, "paid_not_settled", "operator")]
    [InlineData(BreakKind.SettledNotOnStatement, "settled_not_on_statement", "reconciler")]
    [InlineData(BreakKind.ReturnedNotBooked, "returned_not_booked", "finance")]
    [InlineData(BreakKind.DuplicateLine, "duplicate_line", "finance")]
    public void Have_a_word_and_somebody_who_must_resolve_them(BreakKind kind, string word, string role)
    {
        BreakKinds.WordOf(kind).Should().Be(word);
        BreakKinds.OwnerOf(kind, 0).Should().Be("government/" + role, "nobody else could know whose it is");
        BreakKinds.OwnerOf(kind, 1).Should().Be("government/" + role);
        BreakKinds.OwnerOf(kind, 2).Should().Be("partner/" + role);
    }

    [Theory]
    [InlineData(LineVerdict.Pending, null)]
    [InlineData(LineVerdict.Matched, null)]
    [InlineData(LineVerdict.Repeated, null)]
    [InlineData(LineVerdict.UnknownReference, BreakKind.UnknownReference)]
    [InlineData(LineVerdict.AmountDiffers, BreakKind.AmountDiffers)]
    [InlineData(LineVerdict.PaidNotSettled, BreakKind.PaidNotSettled)]
    [InlineData(LineVerdict.ReturnedNotBooked, BreakKind.ReturnedNotBooked)]
    [InlineData(LineVerdict.DuplicateLine, BreakKind.DuplicateLine)]
    public void Follow_from_the_verdict_on_a_line(LineVerdict verdict, BreakKind? kind) =>
        BreakKinds.Of(verdict).Should().Be(kind);

    [Theory]
    [InlineData(BreakKind.UnknownReference, true)]
    [InlineData(BreakKind.AmountDiffers, true)]
    [InlineData(BreakKind.PaidNotSettled, true)]
    [InlineData(BreakKind.SettledNotOnStatement, true)]
    [InlineData(BreakKind.ReturnedNotBooked, true)]
    [InlineData(BreakKind.DuplicateLine, false)]
    public void Can_be_explained_by_later_data_unless_a_line_is_a_duplicate(BreakKind kind, bool canChange) =>
        BreakReview.CanChange(kind).Should().Be(canChange);
}
