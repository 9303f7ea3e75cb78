using System.Diagnostics;
using System.Globalization;
using System.Text;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>What a large return costs: its bytes and what is kept of each row. The figures are printed.</summary>
[Collection(MeasuredTests.Name)]
public sealed class A_hundred_thousand_rows(ITestOutputHelper output)
{
    private const int Many = 100_000;

    /// <summary>Bytes kept of one row: a reference, a word, a verdict and an amount.</summary>
    private const long KeptMax = 800;

    private const string Json =
        """{"name":"json","returns":{"form":"json","columns":{"payment_id":"ref","status":"state","amount":"paid"},"words":{"done":"delivered"}}}""";

    [Fact]
    public void Of_a_CSV_file_cost_what_is_kept_of_them() =>
        Measure("twintrack, CSV", "twintrack", "x.return.csv", Encoding.UTF8.GetBytes(
        "payment_id,status,delivered_amount,delivered_on,reason,list_closed\n"
            + Rows(reference => $"{reference},delivered,60.00,2026-01-30,,N\n")));

    [Fact]
    public void Of_a_workbook_cost_what_is_kept_of_them() => Measure("hope, XLSX", "hope", "x.return.xlsx", Workbook(
        [["payment_id", "delivered_quantity"],
            .. Enumerable.Range(1, Many).Select(number => new[] { SeededOrders.Reference(1, number), "60" })]));

    [Fact]
    public void Of_JSON_cost_what_is_kept_of_them() => Measure("JSON", Json, "x.return.json", Encoding.UTF8.GetBytes(
        "[" + Rows(reference => $"{{\"ref\":\"{reference}\",\"state\":\"done\",\"paid\":60.00}},").TrimEnd(',') + "]"));

    [Theory]
    [InlineData("twintrack")]
    [InlineData("hope")]
    public void Written_in_tranches_cost_one_tranche_at_a_time(string format)
    {
        var (connection, unit, bytes) = (Connection("/nowhere", format), SeededOrders.Unit(1, 1_000, "cash"), 0L);
        var form = Taken(PartnerFormats.Of(format, connection.Currency)).List!;
        var clock = Stopwatch.StartNew();
        for (var tranche = 0; tranche < 20; tranche++)
        {
            bytes += ListWriter.Write(connection, unit, form, unit.Orders).Length;
        }

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{format} written, 1,000 a tranche: {20_000 / clock.Elapsed.TotalSeconds:N0} rows/s, "
                    + $"{bytes / 20_000} bytes a row"));
        bytes.Should().BePositive();
    }

    private void Measure(string what, string format, string name, byte[] content)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var reading = Taken(Read(format, name, content));
        var took = clock.Elapsed;
        var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;

        reading.Lines.Should().HaveCount(Many);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"{what}: {Many / took.TotalSeconds:N0} rows/s, {content.Length / 1048576.0 / took.TotalSeconds:N0} "
                    + $"MB/s, {kept} bytes kept of each"));
        kept.Should().BeLessThan(KeptMax);
        GC.KeepAlive(content);
        GC.KeepAlive(reading);
    }

    private static string Rows(Func<string, string> row) =>
        string.Concat(Enumerable.Range(1, Many).Select(number => row(SeededOrders.Reference(1, number))));
}
