using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class A_derived_id
{
    // The SHA-256 of each cause was computed by another program. The second and third have all and none of the bits set
    // that a UUID of version 8 fixes. A changed id would pay a remainder, or open an incident, a second time.
    [Theory]
    [InlineData("a", "ca978112-ca1b-8dca-bac2-31b39a23dc4d")]
    [InlineData("cause 17451", "146737b3-81b8-8fa2-bf72-8f96c868b7c3")]
    [InlineData("cause 62265", "63d6f3ad-b4fb-80c5-8008-251cba5454c9")]
    public void Is_a_uuid_of_version_8_over_the_hash_of_its_cause(string cause, string id) =>
        DerivedId.From(cause).Should().Be(new Guid(id));

    [Fact]
    public void Of_a_remainder_and_of_an_incident_never_changes()
    {
        var one = new Guid("00000000-0000-0000-0000-000000000001");

        Remainder.IdOf(new ObligationId(one)).Value.Should().Be(new Guid("6db9c291-a18a-8d77-a94b-6841666bd906"));
        IncidentId.Of(new InstructionId(one), Contradiction.LateSuccess).Value.Should()
            .Be(new Guid("014af82b-4c0f-88e7-90cf-388e5c02135d"));
    }
}
