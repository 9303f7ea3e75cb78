using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Agency;

public sealed class A_distribution_list
{
    private static readonly AgencyAdapter Adapter = new(TimeProvider.System);

    [Fact]
    public async Task Lies_there_with_a_control_file_that_agrees_with_it()
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(11, 50, "cash");
        (await Adapter.SubmitAsync(An_agency_file.Connection(folder.Path), unit, default)).Should()
            .BeEquivalentTo(Reading.Nothing);

        var content = await File.ReadAllBytesAsync(folder.ToProvider("*.list.csv").Single());
        using var control = JsonDocument.Parse(
            await File.ReadAllBytesAsync(folder.ToProvider("*.control.json").Single()));
        var rows = Csv.Read(Encoding.UTF8.GetString(content));

        rows[0].Should().Equal("payment_id", "household_id", "name", "alternate", "area", "amount", "currency",
            "obligation_id");
        rows.Skip(1).Select(row => row[7]).Should().Equal(unit.Orders.Select(order => order.EndToEnd));
        rows.Skip(1).Select(row => row[0]).Should().Equal(unit.Orders.Select(order => order.Reference));
        control.RootElement.GetProperty("list").GetString().Should().Be(unit.Reference);
        control.RootElement.GetProperty("rows").GetInt32().Should().Be(50);
        control.RootElement.GetProperty("sumMinor").GetInt64().Should().Be(unit.Orders.Sum(order => order.AmountMinor));
        control.RootElement.GetProperty("currency").GetString().Should().Be("USD");
        control.RootElement.GetProperty("sha256").GetString().Should()
            .Be(Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+254", "'+254")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1+1", "'=1+1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("O'Brien, \"Pat\"", "O'Brien, \"Pat\"")]
    [InlineData("two\r\nlines", "two  lines")]
    public async Task Holds_no_formula(string name, string written)
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(11, 1, "cash");
        unit = unit with
        {
            Orders =
            [unit.Orders[0] with { Payee = unit.Orders[0].Payee with { Name = name, Alternate = name } }]
        };
        await Adapter.SubmitAsync(An_agency_file.Connection(folder.Path), unit, default);

        var row = Csv.Read(await File.ReadAllTextAsync(folder.ToProvider("*.list.csv").Single()))[1];

        (row[2], row[3]).Should().Be((written, written));
    }

    [Fact]
    public async Task Laid_down_twice_is_one_list_even_after_the_agency_has_taken_it_away()
    {
        using var folder = new Folder();
        var (connection, unit) = (An_agency_file.Connection(folder.Path), SeededOrders.Unit(11, 5, "cash"));
        await Adapter.SubmitAsync(connection, unit, default);
        await Adapter.SubmitAsync(connection, unit, default);
        folder.ToProvider().Should().HaveCount(2, "a list and its control file");

        foreach (var file in folder.ToProvider())
        {
            File.Delete(file);
        }

        await Adapter.SubmitAsync(connection, unit, default);
        folder.ToProvider().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_stopped_by_a_list_of_payments_once()
    {
        using var folder = new Folder();
        var (connection, unit) = (An_agency_file.Connection(folder.Path), SeededOrders.Unit(11, 5, "cash"));
        await Adapter.RecallAsync(connection, unit, [.. unit.Orders.Take(2)], default);
        await Adapter.RecallAsync(connection, unit, [.. unit.Orders.Take(2).Reverse()], default);

        var rows = Csv.Read(await File.ReadAllTextAsync(folder.ToProvider("*.stop.csv").Single()));

        rows.Skip(1).Select(row => row[0]).Should()
            .BeEquivalentTo(unit.Orders.Take(2).Select(order => order.Reference));
    }
}
