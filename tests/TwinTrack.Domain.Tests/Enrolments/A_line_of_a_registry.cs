using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_line_of_a_registry
{
    private static readonly string[] Turned = [.. RegistryLine.Columns.Reverse()];
    private static readonly CsvHeader Header = A_registry_row.HeaderOf(string.Join(',', RegistryLine.Columns));

    [Fact]
    public void Has_its_fields_where_the_header_says_without_outer_spaces()
    {
        var header = A_registry_row.HeaderOf(string.Join(',', Turned));

        var line = RegistryLine.Cut(5, string.Join(',', Turned.Select(column => " the " + column + " ")), header);

        (line.Row, line.HouseholdId, line.Error).Should().Be((5, "the household_id", null));
        foreach (var field in Enum.GetValues<RegistryField>())
        {
            line[field].Should().Be("the " + RegistryLine.NameOf(field));
        }
    }

    [Theory]
    [InlineData(RegistryField.HouseholdId, "household_id")]
    [InlineData(RegistryField.PovertyScore, "poverty_score")]
    [InlineData(RegistryField.BankBic, "bank_bic")]
    public void Names_its_fields_as_the_header_does(RegistryField field, string name) =>
        RegistryLine.NameOf(field).Should().Be(name);

    [Theory]
    [InlineData(" NE-1 ,NE001", "NE-1")]
    [InlineData("NE-1", "NE-1")]
    [InlineData("NE-1,2,3,4,5,6,7,8,9,10,11,12,13", "NE-1")]
    public void With_too_few_or_too_many_fields_still_tells_its_household(string text, string id)
    {
        var line = RegistryLine.Cut(7, text, Header);

        (line.Row, line.HouseholdId).Should().Be((7, id));
        (line.Error!.Row, line.Error.Field, line.Error.Code).Should().Be((7, "row", "row.wrong_columns"));
    }

    [Fact]
    public void That_ends_before_its_household_id_tells_none()
    {
        var header = A_registry_row.HeaderOf(string.Join(',', Turned));

        RegistryLine.Cut(7, "1,2,3,4,5,6,7,8,9,10,11", header).HouseholdId.Should().BeNull();
        RegistryLine.Cut(7, "NE-1,\"", Header).HouseholdId.Should().BeNull("nothing of it can be trusted");
    }

    [Fact]
    public void With_a_wrong_number_of_fields_tells_both_numbers() =>
        RegistryLine.Cut(7, "NE-1,NE001", Header).Error!.Reason.Should().Contain("2 fields").And.Contain("has 12");

    [Fact]
    public void That_cannot_be_read_has_no_fields()
    {
        var line = RegistryLine.Cut(7, "NE-1,NE001", Header);

        line.Invoking(it => it[RegistryField.Area]).Should().Throw<InvalidOperationException>();
    }
}
