using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Domain.Webhooks;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class An_id_of_payments
{
    private static readonly Guid One = new("00000000-0000-0000-0000-000000000001");

    [Fact]
    public void Is_written_with_the_word_of_its_kind_and_read_back()
    {
        Text<MovementId>().Should().Be("mov_00000000000000000000000000000001");
        Text<ForcedMoveId>().Should().Be("for_00000000000000000000000000000001");
        Text<IncidentId>().Should().Be("inc_00000000000000000000000000000001");
        Text<SubscriberId>().Should().Be("sub_00000000000000000000000000000001");
    }

    [Fact]
    public void Is_not_read_from_the_text_of_another_kind()
    {
        MovementId.TryParse("for_00000000000000000000000000000001", null, out _).Should().BeFalse();
        ForcedMoveId.TryParse("inc_00000000000000000000000000000001", null, out _).Should().BeFalse();
        IncidentId.TryParse("sub_00000000000000000000000000000001", null, out _).Should().BeFalse();
        SubscriberId.TryParse("mov_00000000000000000000000000000001", null, out _).Should().BeFalse();
    }

    private static string Text<TId>()
        where TId : struct, ITypedId<TId>
    {
        var text = TId.From(One).ToString()!;
        TId.Parse(text, null).Value.Should().Be(One);
        TId.TryParse(text, null, out var read).Should().BeTrue();
        read.Value.Should().Be(One);
        return text;
    }
}
