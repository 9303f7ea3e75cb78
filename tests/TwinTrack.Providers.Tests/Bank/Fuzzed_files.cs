using System.Text;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>Every parser of the bank's messages against bent files (<see cref="Fuzz"/>).</summary>
public sealed class Fuzzed_files
{
    private const long PieceMax = 64L * 1024 * 1024;

    private static readonly string[] Bits = ["<", ">", "</", "/>", "&", "&#0;", "&lt;", "]]>", "<![CDATA[", "<?x?>",
        "<!--", "<!DOCTYPE a>", "-", "9999999999999999999", "0.001", "\0", "\uFEFF", "NaN", "xmlns=\"\"",
        "<?xml version='1.0' encoding='utf-7'?>"];

    public static TheoryData<string> Messages => [.. IsoMessages.Names];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Are_read_or_refused_and_free_nothing_that_the_bank_did_not_free(string message)
    {
        var whole = Sound(message);
        BankScene.Adapter.Read(BankScene.Connection(), new Document("sound.xml", whole))
            .Match(reading => reading.Lines.Count, _ => 0).Should().BePositive("the seed document is sound");

        await new Fuzz(whole, Bits).RunAsync((bent, round) =>
        {
            var document = new Document("bent.xml", bent);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = BankScene.Adapter.Read(BankScene.Connection(), document)
                .Match(read => read, _ => Reading.Nothing);
            BankScene.Adapter.ReadStatement(BankScene.Connection(), document);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(PieceMax, round);
            reading.Units.Should().NotContain(unit => unit.Verdict.Frees, round);
            reading.Lines.Should().NotContain(line => line.Verdict.Frees, round);
            return Task.CompletedTask;
        });
    }

    /// <summary>A sound document that frees nothing: whatever frees after bending was made up.</summary>
    private static byte[] Sound(string message)
    {
        var ns = $"urn:iso:std:iso:20022:tech:xsd:{message}";
        if (message.StartsWith("camt.05", StringComparison.Ordinal))
        {
            return BankPen.Bytes(
                new BankPen(message, "USD").Write(
                    [.. An_account_report_of_any_version.Lines(5).Where(line => line.Signed < 0)], 2));
        }

        var inside = message.StartsWith("pain.002", StringComparison.Ordinal)
            ? "<CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>U1</OrgnlMsgId>"
                + "<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>"
                + "<OrgnlPmtInfAndSts><OrgnlPmtInfId>U1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>"
                + string.Concat(
                    Enumerable.Range(1, 5).Select(
                        number =>
                            Invariant($"<TxInfAndSts><OrgnlInstrId>a{number}</OrgnlInstrId>")
                                + "<TxSts>ACSP</TxSts></TxInfAndSts>"))
                + "</OrgnlPmtInfAndSts></CstmrPmtStsRpt>"
            : "<RsltnOfInvstgtn><Assgnmt><Id>B1</Id></Assgnmt><Sts><Conf>RJCR</Conf></Sts><CxlDtls><OrgnlPmtInfAndSts>"
                + "<OrgnlPmtInfId>U1</OrgnlPmtInfId>"
                + string.Concat(
                    Enumerable.Range(1, 5).Select(
                        number =>
                            Invariant($"<TxInfAndSts><OrgnlInstrId>a{number}</OrgnlInstrId>")
                                + "<TxCxlSts>RJCR</TxCxlSts></TxInfAndSts>"))
                + "</OrgnlPmtInfAndSts></CxlDtls></RsltnOfInvstgtn>";
        return Encoding.UTF8.GetBytes($"<Document xmlns=\"{ns}\">{inside}</Document>");
    }
}
