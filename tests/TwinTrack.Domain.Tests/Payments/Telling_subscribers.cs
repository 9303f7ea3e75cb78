using System.Net;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Domain.Webhooks;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Telling_subscribers
{
    private const string DeliveryPicture = """
                  Deliver    Retry    GiveUp  Replay
        Pending   Delivered  Pending  Failed  .
        Delivered .          .        .       Pending
        Failed    .          .        .       Pending
        """;

    [Fact]
    public void Follows_the_drawn_lifecycle() => Picture.Compare(DeliveryPicture, DeliveryLifecycle.Table);

    [Fact]
    public void Has_a_type_for_each_state_but_those_before_anything_happened()
    {
        EventTypes.All.Should().OnlyHaveUniqueItems().And.HaveCount(
            Enum.GetValues<InstructionState>().Length - 2 + Enum.GetValues<BatchState>().Length - 1);
        EventTypes.All.Should()
            .Contain(["payment.in_doubt", "payment.settled", "batch.awaiting_approval", "batch.certified"]);
    }

    [Theory]
    [InlineData("payment.settled", "cash", 1, "government", null, true)]
    [InlineData("payment.settled", "cash", 2, "partner", null, true)]
    [InlineData("payment.settled", "cash", 1, "partner", null, false)]
    [InlineData("payment.settled", "cash", 1, "government", "food", false)]
    [InlineData("payment.rejected", "cash", 1, "government", null, false)]
    public void Goes_by_type_programme_and_party(
        string type, string programme, int track, string party, string? only, bool wanted) =>
        new Subscription(new HashSet<string> { "payment.settled" }, only, party).Wants(type, programme, track).Should()
            .Be(wanted);

    [Fact]
    public void Leaves_a_partner_out_of_every_batch() =>
        new Subscription(new HashSet<string> { "batch.released" }, null, "partner").Wants(
            "batch.released", "cash", null).Should().BeFalse();

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2002:a9fe:a9fe::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("ff02::1", false)]
    public void Calls_public_addresses_only(string address, bool open) =>
        PublicAddress.IsOpen(IPAddress.Parse(address), []).Should().Be(open);

    [Fact]
    public void Calls_what_the_installation_allows_all_the_same()
    {
        PublicAddress.IsOpen(IPAddress.Parse("10.1.2.3"), [IPNetwork.Parse("10.1.0.0/16")]).Should().BeTrue();
        PublicAddress.IsOpen(IPAddress.Parse("10.2.2.3"), [IPNetwork.Parse("10.1.0.0/16")]).Should().BeFalse();
    }

    [Fact]
    public void Tries_again_later_and_later_and_then_gives_up()
    {
        RetrySchedule.Waits.Should().BeInAscendingOrder();
        RetrySchedule.After(1, 0).Should().Be(TimeSpan.FromSeconds(5));
        RetrySchedule.After(1, 1).Should().Be(TimeSpan.FromSeconds(6), "chance adds a fifth at most");
        RetrySchedule.After(RetrySchedule.Waits.Count, 0).Should().Be(TimeSpan.FromHours(24));
        RetrySchedule.After(RetrySchedule.Waits.Count + 1, 0).Should().BeNull();
        RetrySchedule.Pause(1).Should().Be(TimeSpan.FromSeconds(5));
        RetrySchedule.Pause(2).Should().Be(TimeSpan.FromSeconds(10));
        RetrySchedule.Pause(1_000).Should().Be(TimeSpan.FromMinutes(10));
    }
}
