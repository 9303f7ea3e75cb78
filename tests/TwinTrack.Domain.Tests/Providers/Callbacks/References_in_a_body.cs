using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Domain.Callbacks;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

public sealed class References_in_a_body
{
    private const string Hex = "0198c0ffee0198c0ffee0198c0ffee01";
    private const string Uuid = "0198c0ff-ee01-98c0-ffee-0198c0ffee01";

    // How an order is named, and whether it is found.
    [Theory]
    [InlineData(Hex, true)]
    [InlineData(Uuid, true)]
    [InlineData("0198C0FFEE0198C0FFEE0198C0FFEE01", true)]
    [InlineData("<x>" + Hex + "</x>", true)]
    [InlineData("{\"a\":\"" + Hex + "\"}", true)]
    [InlineData("a=1&b=" + Uuid, true)]
    [InlineData(" , " + Hex, true)]
    [InlineData("0" + Hex, false)]
    [InlineData(Hex + "f", false)]
    [InlineData(Hex + "-", false)]
    [InlineData("0198c0ffee0198c0ffee0198c0ffee0", false)]
    [InlineData("0198c0ffee0198c0ffee0198c0ffee0g", false)]
    [InlineData("0198c0ffee01-98c0-ffee-0198c0ffee01", false)]
    [InlineData("0198c0ff-ee01-98c0-ffee-0198c0ffee0g", false)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("00000000-0000-0000-0000-000000000000", false)]
    [InlineData("", false)]
    public void Are_found_as_whole_words_in_any_format(string body, bool found)
    {
        var named = In(body);

        named.Orders.Should().Equal(found ? [new InstructionId(new Guid(Uuid))] : []);
        named.Units.Should().BeEmpty();
    }

    [Theory]
    [InlineData("U" + Hex, true)]
    [InlineData("u" + Hex, true)]
    [InlineData("(U0198C0FFEE0198C0FFEE0198C0FFEE01)", true)]
    [InlineData("V" + Hex, false)]
    [InlineData("U0198c0ffee0198c0ffee0198c0ffee0g", false)]
    [InlineData("UU" + Hex, false)]
    public void Name_a_unit_by_its_letter_and_digits(string body, bool found)
    {
        var named = In(body);

        named.Units.Should().Equal(found ? ["U0198C0FFEE0198C0FFEE0198C0FFEE01"] : []);
        named.Orders.Should().BeEmpty();
    }

    [Fact]
    public void Are_each_found_once_also_among_other_words()
    {
        var order = InstructionId.New(TimeProvider.System);
        var unit = WireReference.OfUnit(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        var digits = WireReference.Of(order);

        var named = In(
            $$"""{"a":"{{digits}}","b":["{{unit.ToLowerInvariant()}}"],"c":"0{{digits}}f"} {{order.Value:D}}""");

        named.Units.Should().Equal(unit);
        named.Orders.Should().Equal(order);
    }

    [Theory]
    [InlineData(999, 999)]
    [InlineData(1_000, 1_000)]
    [InlineData(1_001, 1_000)]
    public void Are_a_thousand_of_a_body_at_most_units_and_orders_together(int named, int found)
    {
        var words = Enumerable.Range(0, named).Select(number => (number % 2 == 0 ? "U" : "") + Fresh());

        var references = In(string.Join(' ', words));

        (references.Orders.Count + references.Units.Count).Should().Be(found);
        references.Units.Should().HaveCount((found + 1) / 2);
    }

    private static string Fresh() => WireReference.Of(InstructionId.New(TimeProvider.System));

    private static NamedReferences In(string body) => NamedReferences.In(Encoding.UTF8.GetBytes(body));
}
