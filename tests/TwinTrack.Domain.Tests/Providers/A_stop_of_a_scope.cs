using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_stop_of_a_scope
{
    /// <summary>Of epoch 3, of programme cash.</summary>
    [Theory]
    [InlineData("NE001 NE002", 2, "cash", "NE001", true)]
    [InlineData("NE001 NE002", 1, "cash", "NE002", true)]
    [InlineData("NE001 NE002", 2, "cash", "NE009", false)]
    [InlineData("NE001 NE002", 2, "other", "NE001", false)]
    [InlineData("NE001 NE002", 3, "cash", "NE001", false)]
    [InlineData("NE001 NE002", 4, "cash", "NE001", false)]
    [InlineData("NE001", 2, "cash", "NE0011", false)]
    [InlineData("", 2, "cash", "NE009", true)]
    [InlineData("", 2, "other", "NE009", false)]
    [InlineData("", 3, "cash", "NE009", false)]
    public void Covers_older_orders_of_its_programme_and_areas(string areas, long epoch, string programme, string area,
        bool covered) => StopRule.Covers(Of(3, areas), new RoutedOrder(epoch, programme, area)).Should().Be(covered);

    [Fact]
    public void Of_several_is_enough_to_keep_an_order()
    {
        ScopeStop[] stops = [Of(2, "NE001"), Of(3, "NE002")];

        StopRule.CoversAny(stops, new RoutedOrder(1, "cash", "NE001")).Should().BeTrue();
        StopRule.CoversAny(stops, new RoutedOrder(2, "cash", "NE001")).Should().BeFalse("it is newer than its stop");
        StopRule.CoversAny(stops, new RoutedOrder(2, "cash", "NE002")).Should().BeTrue();
        StopRule.CoversAny(stops, new RoutedOrder(1, "cash", "NE003")).Should().BeFalse();
        StopRule.CoversAny([], new RoutedOrder(1, "cash", "NE001")).Should().BeFalse();
    }

    private static ScopeStop Of(long epoch, string areas) =>
        new(epoch, "cash", areas.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
