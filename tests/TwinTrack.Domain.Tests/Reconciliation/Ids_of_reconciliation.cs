using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Ids_of_reconciliation
{
    private const string Digits = "0198c0ffee0198c0ffee0198c0ffee01";

    [Fact]
    public void Survive_their_own_text_with_their_own_prefix()
    {
        Text<BreakId>("brk_" + Digits).Should().Be("brk_" + Digits);
        Text<LedgerTransactionId>("ltx_" + Digits).Should().Be("ltx_" + Digits);
        BreakId.TryParse("ltx_" + Digits, null, out _).Should().BeFalse();
        LedgerTransactionId.TryParse("brk_" + Digits, null, out _).Should().BeFalse();
    }

    private static string? Text<TId>(string text)
        where TId : struct, ITypedId<TId>
    {
        TId.TryParse(text, null, out var id).Should().BeTrue();
        TId.Parse(text, null).Should().Be(id);
        TId.From(id.Value).Should().Be(id);
        return id.ToString();
    }
}
