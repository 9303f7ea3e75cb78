using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Domain.Webhooks;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class A_subscription
{
    private const string Address = "https://example.org/hook";
    private const string Type = "payment.settled";

    [Fact]
    public void Keeps_what_was_asked_for()
    {
        var made = Subscription.Of(Address, [Type, "payment.returned"], "cash", "partner", plainHttp: false)
            .Match(ok => ok, no => throw new InvalidOperationException(no.Code));

        made.Address.Should().Be(new Uri(Address));
        made.Subscription.Should().BeEquivalentTo(
            new Subscription(new HashSet<string> { Type, "payment.returned" }, "cash", "partner"));
    }

    [Theory]
    [InlineData("https://example.org", false, "")]
    [InlineData("https://example.org:8443/hook?a=b", false, "")]
    [InlineData("http://example.org/hook", true, "")]
    [InlineData("https://example.org/hook", true, "")]
    [InlineData("http://example.org/hook", false, "subscriber.address")]
    [InlineData("ftp://example.org/hook", true, "subscriber.address")]
    [InlineData("/hook", true, "subscriber.address")]
    [InlineData("example.org/hook", true, "subscriber.address")]
    [InlineData("", true, "subscriber.address")]
    [InlineData("https://user@example.org/hook", false, "subscriber.address")]
    [InlineData("https://user:word@example.org/hook", false, "subscriber.address")]
    [InlineData("https://example.org/hook#part", false, "subscriber.address")]
    public void Has_an_absolute_address_without_user_and_fragment(string address, bool plainHttp, string refusal) =>
        Code(address: address, plainHttp: plainHttp).Should().Be(refusal);

    [Theory]
    [InlineData(2_000, "")]
    [InlineData(2_001, "subscriber.address")]
    public void Has_an_address_of_at_most_two_thousand_characters(int length, string refusal) =>
        Code(address: (Address + "?" + new string('a', length))[..length]).Should().Be(refusal);

    [Theory]
    [InlineData("payment.settled", "")]
    [InlineData("payment.settled,batch.released", "")]
    [InlineData("", "subscriber.types")]
    [InlineData("payment.planned", "subscriber.types")]
    [InlineData("payment.released", "subscriber.types")]
    [InlineData("batch.planning", "subscriber.types")]
    [InlineData("payment.settled,Payment.Settled", "subscriber.types")]
    public void Names_one_known_type_or_more(string types, string refusal) =>
        Code(types: types).Should().Be(refusal);

    [Theory]
    [InlineData("government", "")]
    [InlineData("partner", "")]
    [InlineData("system", "subscriber.party")]
    [InlineData("Partner", "subscriber.party")]
    [InlineData("", "subscriber.party")]
    public void Belongs_to_one_of_the_two_parties(string party, string refusal) =>
        Code(party: party).Should().Be(refusal);

    [Theory]
    [InlineData(0, "subscriber.programme")]
    [InlineData(1, "")]
    [InlineData(64, "")]
    [InlineData(65, "subscriber.programme")]
    public void Names_a_programme_in_1_to_64_characters_or_none(int length, string refusal)
    {
        Code(programme: new string('a', length)).Should().Be(refusal);
        Code(programme: null).Should().BeEmpty();
    }

    [Theory]
    [InlineData("government", "batch.released", "")]
    [InlineData("partner", "batch.released", "subscriber.partner_batches")]
    [InlineData("partner", "payment.settled,batch.released", "subscriber.partner_batches")]
    [InlineData("partner", "payment.settled", "")]
    public void Of_a_partner_is_about_no_batch(string party, string types, string refusal) =>
        Code(types: types, party: party).Should().Be(refusal);

    [Fact]
    public void Is_refused_by_its_first_fault()
    {
        Code("/x", "", "", "system").Should().Be("subscriber.address");
        Code(Address, "", "", "system").Should().Be("subscriber.types");
        Code(Address, "batch.released", "", "system").Should().Be("subscriber.party");
        Code(Address, "batch.released", "", "partner").Should().Be("subscriber.programme");
    }

    [Fact]
    public void Knows_a_type_for_each_state_by_the_words_of_the_state()
    {
        EventTypes.All.Should().Equal("payment.sent", "payment.accepted", "payment.in_doubt", "payment.settled",
            "payment.rejected", "payment.recalled", "payment.withdrawn", "payment.returned", "payment.abandoned",
            "payment.settled_late", "batch.awaiting_approval", "batch.approved", "batch.released", "batch.certified",
            "batch.refused", "batch.cancelled");
        EventTypes.Of(InstructionState.InDoubt).Should().Be("payment.in_doubt");
        EventTypes.Of(BatchState.AwaitingApproval).Should().Be("batch.awaiting_approval");
    }

    [Fact]
    public void Is_told_the_types_that_there_are() =>
        SubscriberRefusals.Types.Reason.Should().EndWith($"one or more of: {string.Join(", ", EventTypes.All)}.");

    private static string Code(string address = Address, string types = Type, string? programme = null,
        string party = "government", bool plainHttp = false) =>
        Subscription.Of(address, types.Split(',', StringSplitOptions.RemoveEmptyEntries), programme, party, plainHttp)
            .Match(_ => "", no => no.Code);
}
