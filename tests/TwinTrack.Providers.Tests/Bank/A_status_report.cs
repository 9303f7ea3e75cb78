using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

public sealed class A_status_report
{
    [Theory]
    [InlineData("RJCT", Outcome.Rejected, Grade.A)]
    [InlineData("ACTC", Outcome.Accepted, Grade.C)]
    [InlineData("ACSP", Outcome.Accepted, Grade.C)]
    [InlineData("ACSC", Outcome.Settled, Grade.A)]
    [InlineData("QQQQ", Outcome.Unknown, Grade.D)]
    [InlineData("BLCK", Outcome.Unknown, Grade.D)]
    public void Of_the_group_alone_speaks_of_the_whole_unit(string status, Outcome outcome, Grade grade)
    {
        var reading = BankDesk.Read(Report($"<GrpSts>{status}</GrpSts>", ""));

        reading.Lines.Should().BeEmpty();
        reading.Units.Should().ContainSingle().Which.Should().BeEquivalentTo(new UnitAnswer("U1", new Verdict(outcome, grade, status), null));
    }

    [Fact]
    public void Of_a_block_prevails_over_the_groups()
    {
        var reading = BankDesk.Read(Report("<GrpSts>ACTC</GrpSts>", Block("<PmtInfSts>RJCT</PmtInfSts>")));

        reading.Units.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Rejected);
    }

    [Fact]
    public void That_says_partly_speaks_only_of_what_it_lists()
    {
        var reading = BankDesk.Read(Report("<GrpSts>PART</GrpSts>", Block($"<PmtInfSts>PART</PmtInfSts>{Transaction("a1", "RJCT", "AC04")}")));

        reading.Units.Should().BeEmpty();
        reading.Lines.Should().ContainSingle().Which.Should().BeEquivalentTo(new Answer("a1", new Verdict(Outcome.Rejected, Grade.A, "RJCT/AC04")));
    }

    [Fact]
    public void Gives_a_listed_transaction_without_a_status_the_status_above_it()
    {
        var reading = BankDesk.Read(Report("<GrpSts>RJCT</GrpSts>", Block(Transaction("a1", null, null) + Transaction("a2", "ACSC", null))));

        reading.Lines.Select(line => (line.Reference, line.Verdict.Outcome)).Should().Equal(("a1", Outcome.Rejected), ("a2", Outcome.Settled));
    }

    [Theory]
    [InlineData("DU01")]
    [InlineData("DU02")]
    [InlineData("DU05")]
    [InlineData("AM05")]
    public void That_refuses_a_copy_says_nothing_of_the_original(string reason)
    {
        var group = BankDesk.Read(Report($"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>", ""));
        var line = BankDesk.Read(Report("", Block(Transaction("a1", "RJCT", reason))));

        group.Units.Single().Verdict.Should().Be(new Verdict(Outcome.Unknown, Grade.D, $"RJCT/{reason}"));
        line.Lines.Single().Verdict.Frees.Should().BeFalse();
    }

    [Fact]
    public void Of_our_recall_request_rejects_no_payment()
    {
        var text = Report("<GrpSts>RJCT</GrpSts>", "").Replace("pain.001.001.09</OrgnlMsgNmId>", "camt.055.001.08</OrgnlMsgNmId>", StringComparison.Ordinal);

        BankDesk.Read(text).Should().BeEquivalentTo(Reading.Nothing);
    }

    [Theory]
    [InlineData("CNCL", null, Outcome.Recalled, Grade.A)]
    [InlineData("PECR", "ACCR", Outcome.Recalled, Grade.A)]
    [InlineData("PECR", "RJCR", Outcome.RecallRefused, Grade.C)]
    [InlineData("CNCL", "PDCR", Outcome.Unknown, Grade.C)]
    [InlineData("PDCR", null, Outcome.Unknown, Grade.C)]
    [InlineData("NOOR", null, Outcome.Unknown, Grade.D)]
    [InlineData("QQQQ", null, Outcome.Unknown, Grade.D)]
    public void Of_a_recall_takes_the_transactions_word_before_the_confirmation(string confirmation, string? word, Outcome outcome, Grade grade)
    {
        var status = word is null ? "" : $"<TxCxlSts>{word}</TxCxlSts>";
        var reading = BankDesk.Read(Resolution(confirmation, $"<CxlDtls><TxInfAndSts><OrgnlInstrId>a1</OrgnlInstrId>{status}</TxInfAndSts></CxlDtls>"));

        var verdict = reading.Lines.Should().ContainSingle().Which.Verdict;
        (verdict.Outcome, verdict.Grade).Should().Be((outcome, grade));
        verdict.Frees.Should().Be(outcome == Outcome.Recalled);
    }

    [Fact]
    public void Of_a_recall_that_names_no_transaction_frees_none() =>
        BankDesk.Read(Resolution("CNCL", "")).Should().BeEquivalentTo(Reading.Nothing);

    private static string Resolution(string confirmation, string details) =>
        $"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09"><RsltnOfInvstgtn><Sts><Conf>{confirmation}</Conf></Sts>{details}</RsltnOfInvstgtn></Document>""";

    private static string Report(string group, string blocks) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
          <OrgnlGrpInfAndSts><OrgnlMsgId>U1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>{blocks}
        </CstmrPmtStsRpt></Document>
        """;

    private static string Block(string inside) => $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>U1</OrgnlPmtInfId>{inside}</OrgnlPmtInfAndSts>";

    private static string Transaction(string reference, string? status, string? reason) =>
        $"<TxInfAndSts><OrgnlInstrId>{reference}</OrgnlInstrId>"
        + (status is null ? "" : $"<TxSts>{status}</TxSts>")
        + (reason is null ? "" : $"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>")
        + "</TxInfAndSts>";
}
