using System.Diagnostics;
using System.Globalization;
using System.Text;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>
/// Every parser of the bank's messages against bent files. A fifth of a second a message; <c>TWINTRACK_FUZZ_SECONDS</c> runs longer, <c>TWINTRACK_SEED</c> repeats a run.
/// </summary>
public sealed class Fuzzed_files
{
    private const long PieceMax = 64L * 1024 * 1024;

    private static readonly double Seconds = Number("TWINTRACK_FUZZ_SECONDS", 0.2);
    private static readonly int Seed = (int)Number("TWINTRACK_SEED", 20260131);
    private static readonly string[] Bits = ["<", ">", "</", "/>", "&", "&#0;", "&lt;", "]]>", "<![CDATA[", "<?x?>", "<!--", "<!DOCTYPE a>", "-", "9999999999999999999", "0.001", "\0", "\uFEFF", "NaN", "xmlns=\"\""];

    public static TheoryData<string> Messages => [.. IsoMessages.Names];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Are_read_or_refused_and_free_nothing_that_the_bank_did_not_free(string message)
    {
#pragma warning disable CA5394 // Seeded, so that a failure is found again.
        var dice = new Random(Seed);
        var (whole, clock, allocated) = (Sound(message), Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        BankDesk.Adapter.Read(BankDesk.Connection(), new Document("sound.xml", whole)).Match(reading => reading.Lines.Count, _ => 0).Should().BePositive("the seed document is sound");
        var rounds = 0;
        for (; rounds < 20 || clock.Elapsed.TotalSeconds < Seconds; rounds++)
        {
            var bent = whole;
            for (var times = dice.Next(1, 5); times > 0; times--)
            {
                bent = Bend(bent, dice);
            }

            var document = new Document("bent.xml", bent);
            try
            {
                var reading = BankDesk.Adapter.Read(BankDesk.Connection(), document).Match(read => read, _ => Reading.Nothing);
                reading.Units.Should().NotContain(unit => unit.Verdict.Frees, $"round {rounds} of seed {Seed}");
                reading.Lines.Should().NotContain(line => line.Verdict.Frees, $"round {rounds} of seed {Seed}");
                BankDesk.Adapter.ReadStatement(BankDesk.Connection(), document);
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"Round {rounds} of seed {Seed}: {Encoding.UTF8.GetString(bent)}", fault);
            }
        }

        ((GC.GetAllocatedBytesForCurrentThread() - allocated) / rounds).Should().BeLessThan(PieceMax);
#pragma warning restore CA5394
    }

#pragma warning disable CA5394
    private static byte[] Bend(byte[] whole, Random dice)
    {
        if (whole.Length < 4)
        {
            return whole;
        }

        var (from, to) = (dice.Next(whole.Length), dice.Next(whole.Length));
        (from, to) = from < to ? (from, to) : (to, from);
        switch (dice.Next(7))
        {
            case 0:
                return whole[..to];
            case 1:
                return [.. whole[..from], .. whole[to..]];
            case 2:
                return [.. whole[..to], .. whole[from..Math.Min(to, from + 400)], .. whole[to..]];
            case 3:
                return [.. whole[..from], .. Encoding.UTF8.GetBytes(Bits[dice.Next(Bits.Length)]), .. whole[from..]];
            case 4:
                return dice.Next(2) == 0 ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(whole)) : [.. Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-7'?>"), .. whole];
            default:
                var bent = (byte[])whole.Clone();
                bent[from] = (byte)dice.Next(256);
                return bent;
        }
    }
#pragma warning restore CA5394

    /// <summary>A sound document that frees nothing: whatever frees after bending was made up.</summary>
    private static byte[] Sound(string message)
    {
        var ns = $"urn:iso:std:iso:20022:tech:xsd:{message}";
        if (message.StartsWith("camt.05", StringComparison.Ordinal))
        {
            return BankPen.Bytes(new BankPen(message, "USD").Write([.. An_account_report_of_any_version.Lines(5).Where(line => line.Signed < 0)], 2));
        }

        var inside = message.StartsWith("pain.002", StringComparison.Ordinal)
            ? "<CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>U1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>"
                + "<OrgnlPmtInfAndSts><OrgnlPmtInfId>U1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>"
                + string.Concat(Enumerable.Range(1, 5).Select(number => $"<TxInfAndSts><OrgnlInstrId>a{number}</OrgnlInstrId><TxSts>ACSP</TxSts></TxInfAndSts>"))
                + "</OrgnlPmtInfAndSts></CstmrPmtStsRpt>"
            : "<RsltnOfInvstgtn><Assgnmt><Id>B1</Id></Assgnmt><Sts><Conf>RJCR</Conf></Sts><CxlDtls><OrgnlPmtInfAndSts><OrgnlPmtInfId>U1</OrgnlPmtInfId>"
                + string.Concat(Enumerable.Range(1, 5).Select(number => $"<TxInfAndSts><OrgnlInstrId>a{number}</OrgnlInstrId><TxCxlSts>RJCR</TxCxlSts></TxInfAndSts>"))
                + "</OrgnlPmtInfAndSts></CxlDtls></RsltnOfInvstgtn>";
        return Encoding.UTF8.GetBytes($"<Document xmlns=\"{ns}\">{inside}</Document>");
    }

    private static double Number(string name, double standard) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : standard;
}
