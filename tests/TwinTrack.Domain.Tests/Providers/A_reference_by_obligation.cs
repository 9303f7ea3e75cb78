using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_reference_by_obligation
{
    [Fact]
    public void Means_the_only_order_and_none_of_several()
    {
        var (once, twice) = (ObligationId.New(TimeProvider.System), ObligationId.New(TimeProvider.System));
        var only = new SentOrder(once, InstructionId.New(TimeProvider.System));
        SentOrder[] several =
        [
            new(twice, InstructionId.New(TimeProvider.System)),
            new(twice, InstructionId.New(TimeProvider.System)),
        ];

        ObligationReference.OnlyOrders([several[0], only, several[1]]).Should().Equal(only);
    }
}
