using System.Diagnostics;
using System.Globalization;
using System.Text;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>
/// What a large file costs: its bytes, what is kept of each transaction, and one transaction at a time. The figures are
/// printed.
/// </summary>
[Collection(MeasuredTests.Name)]
public sealed class A_hundred_thousand_transactions(ITestOutputHelper output)
{
    private const int Many = 100_000;

    /// <summary>Bytes kept of one transaction: three references, a verdict, a line.</summary>
    private const long KeptMax = 800;

    [Theory]
    [InlineData("camt.053.001.08", 1)]
    [InlineData("camt.053.001.02", Many)]
    [InlineData("camt.053.001.08", Many)]
    public void In_a_statement_cost_what_is_kept_of_them(string message, int batches)
    {
        var lines = Enumerable.Range(1, Many)
            .Select(number =>
                new PenLine(SeededOrders.Reference(1, number), SeededOrders.Reference(2, number), -number)).ToList();
        var content = BankPen.Bytes(new BankPen(message, "USD").Write(lines, batches));

        Measure(Invariant($"{message}, {Many / batches} entries"), content,
            () => BankScene.Taken(
                BankScene.Adapter.ReadStatement(BankScene.Connection(), new Document("s.xml", content))))
            .Lines.Should().HaveCount(Many);
    }

    [Fact]
    public void In_a_status_report_cost_what_is_kept_of_them()
    {
        var text =
            new StringBuilder(
                "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"
                    + "<OrgnlGrpInfAndSts><OrgnlMsgId>U1</OrgnlMsgId>")
            .Append("<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
                + "<OrgnlPmtInfId>U1</OrgnlPmtInfId>");
        for (var number = 1; number <= Many; number++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<TxInfAndSts><OrgnlInstrId>{SeededOrders.Reference(1, number)}</OrgnlInstrId><TxSts>RJCT</TxSts>")
                .Append("<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>");
        }

        var content = Encoding.UTF8.GetBytes(
            text.Append("</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>").ToString());

        Measure("pain.002.001.10", content, () =>
            BankScene.Taken(
                BankScene.Adapter.Read(BankScene.Connection(), new Document("s.xml", content)))).Lines.Should()
            .HaveCount(Many);
    }

    [Fact]
    public void Written_in_units_cost_one_unit_at_a_time()
    {
        var (profile, clock, bytes) = (BankScene.Profile(), Stopwatch.StartNew(), 0L);
        var unit = SeededOrders.Unit(1, 1_000);
        for (var count = 0; count < Many / 1_000; count++)
        {
            bytes += CreditTransferDocument.Write(profile, unit, unit.Orders).Length;
        }

        Say("pain.001.001.09 written", bytes, clock.Elapsed, null);
        bytes.Should().BePositive();
    }

    private T Measure<T>(string what, byte[] content, Func<T> read)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var result = read();
        var took = clock.Elapsed;
        var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;
        Say(what, content.Length, took, kept);
        kept.Should().BeLessThan(KeptMax);
        GC.KeepAlive(content);
        return result;
    }

    private void Say(string what, long bytes, TimeSpan took, long? kept) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {Many / took.TotalSeconds:N0} transactions/s, {bytes / 1048576.0 / took.TotalSeconds:N0} MB/s, "
            + $"{kept} bytes kept of each"));
}
