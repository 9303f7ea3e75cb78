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
        var reading = BankScene.Read(Report($"<GrpSts>{status}</GrpSts>", ""));

        reading.Lines.Should().BeEmpty();
        reading.Units.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new UnitAnswer("U1", new Verdict(outcome, grade, status), null));
    }

    [Fact]
    public void Of_a_block_prevails_over_the_groups()
    {
        var reading = BankScene.Read(Report("<GrpSts>ACTC</GrpSts>", Block("<PmtInfSts>RJCT</PmtInfSts>")));

        reading.Units.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Rejected);
    }

    [Fact]
    public void That_says_partly_speaks_only_of_what_it_lists()
    {
        var reading =
            BankScene.Read(
                Report("<GrpSts>PART</GrpSts>",
                    Block($"<PmtInfSts>PART</PmtInfSts>{Transaction("a1", "RJCT", "AC04")}")));

        reading.Units.Should().BeEmpty();
        reading.Lines.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new Answer("a1", new Verdict(Outcome.Rejected, Grade.A, "RJCT/AC04")));
    }

    [Fact]
    public void Gives_a_listed_transaction_without_a_status_the_status_above_it()
    {
        var reading =
            BankScene.Read(
                Report("<GrpSts>RJCT</GrpSts>",
                    Block(Transaction("a1", null, null) + Transaction("a2", "ACSC", null))));

        reading.Lines.Select(line => (line.Reference, line.Verdict.Outcome)).Should()
            .Equal(("a1", Outcome.Rejected), ("a2", Outcome.Settled));
    }

    [Theory]
    [InlineData("DU01")]
    [InlineData("DU02")]
    [InlineData("DU05")]
    [InlineData("AM05")]
    public void That_refuses_a_copy_says_nothing_of_the_original(string reason)
    {
        var group =
            BankScene.Read(Report($"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>", ""));
        var line = BankScene.Read(Report("", Block(Transaction("a1", "RJCT", reason))));

        group.Units.Single().Verdict.Should().Be(new Verdict(Outcome.Unknown, Grade.D, $"RJCT/{reason}"));
        line.Lines.Single().Verdict.Frees.Should().BeFalse();
    }

    [Theory]
    [InlineData("NARR")]
    [InlineData("TS01")]
    [InlineData("FOCR")]
    [InlineData("ZZ99")]
    public void That_rejects_for_a_reason_nobody_can_rely_on_frees_nothing(string reason) =>
        BankScene.Read(Report("", Block(Transaction("a1", "RJCT", reason)))).Lines.Single().Verdict.Should()
            .Be(new Verdict(Outcome.Unknown, Grade.D, $"RJCT/{reason}"));

    [Fact]
    public void That_rejects_for_a_reason_of_the_banks_own_frees_where_the_contract_lists_it()
    {
        var text = Report("", Block(Transaction("a1", "RJCT", "B-17")))
            .Replace("<Cd>B-17</Cd>", "<Prtry>B-17</Prtry>", StringComparison.Ordinal);
        var connection = BankScene.With(BankScene.Connection(), ("rejectReasons", "B-16,B-17"));

        BankScene.Read(text).Lines.Single().Verdict.Frees.Should().BeFalse();
        BankScene.Taken(BankScene.Adapter.Read(connection, BankScene.Document(text))).Lines.Single().Verdict.Should()
            .Be(new Verdict(Outcome.Rejected, Grade.A, "RJCT/B-17"));
    }

    [Fact]
    public void With_several_reasons_believes_the_one_that_says_least()
    {
        var text = Report("", Block(Transaction("a1", "RJCT", "AC04"))).Replace(
            "</TxInfAndSts>", "<StsRsnInf><Rsn><Cd>AM05</Cd></Rsn></StsRsnInf></TxInfAndSts>",
            StringComparison.Ordinal);

        BankScene.Read(text).Lines.Single().Verdict.Should().Be(new Verdict(Outcome.Unknown, Grade.D, "RJCT/AM05"));
    }

    [Theory]
    [InlineData("<GrpSts>RJCT</GrpSts>", "<PmtInfSts>PART</PmtInfSts>", "other")]
    [InlineData("<GrpSts>PART</GrpSts>", "", "U1")]
    [InlineData("<GrpSts>RJCT</GrpSts>", "", "U1")]
    [InlineData("", "<PmtInfSts>RJCT</PmtInfSts>", "U1")]
    [InlineData("<GrpSts>RJCT</GrpSts>", "<PmtInfSts>ACTC</PmtInfSts>", "NOTPROVIDED")]
    public void That_lists_what_its_own_rejection_does_not_cover_rejects_nothing_else(
        string group, string block, string blockId)
    {
        var listed = Block(block + Transaction("a1", "ACSC", null))
            .Replace("<OrgnlPmtInfId>U1<", $"<OrgnlPmtInfId>{blockId}<", StringComparison.Ordinal);

        BankScene.Read(Report(group, listed)).Units.Should().NotContain(unit => unit.Verdict.Frees);
    }

    [Fact]
    public void That_lists_a_transaction_without_its_name_speaks_for_no_other()
    {
        var unnamed = Transaction("a1", "RJCT", "AC04")
            .Replace("<OrgnlInstrId>a1</OrgnlInstrId>", "", StringComparison.Ordinal);

        BankScene.Read(Report("", Block($"<PmtInfSts>ACSC</PmtInfSts>{unnamed}"))).Units.Should()
            .ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Unknown);
    }

    [Theory]
    [InlineData("03")]
    [InlineData("10")]
    [InlineData("11")]
    [InlineData("12")]
    public void Is_read_in_every_version(string version)
    {
        var text = Report("<GrpSts>RJCT</GrpSts>", "")
            .Replace("pain.002.001.10", $"pain.002.001.{version}", StringComparison.Ordinal);

        BankScene.Read(text).Units.Should().ContainSingle().Which.Verdict.Frees.Should().BeTrue();
    }

    [Fact]
    public void That_comes_again_is_read_again_and_one_that_took_its_id_is_refused()
    {
        using var folder = new Folder();
        var connection = BankScene.Connection(folder.Path);
        var first = Report("<GrpSts>ACTC</GrpSts>", "").Replace(
            "<OrgnlGrpInfAndSts>", "<GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts>", StringComparison.Ordinal);
        var other = first.Replace("ACTC", "RJCT", StringComparison.Ordinal);

        BankScene.Taken(BankScene.Adapter.Read(connection, BankScene.Document(first))).Units.Should().ContainSingle();
        BankScene.Taken(
            BankScene.Adapter.Read(connection,
                BankScene.Document(first.Replace("  <", "<", StringComparison.Ordinal)))).Units.Should()
                .ContainSingle("it says the same");
        BankScene.Refused(BankScene.Adapter.Read(connection, BankScene.Document(other))).Should()
            .Be("bank.message_id_reused");
        BankScene.Taken(
            BankScene.Adapter.Read(connection,
                BankScene.Document(other.Replace("B1", "B2", StringComparison.Ordinal)))).Units.Should()
                .ContainSingle();
    }

    [Fact]
    public void Of_our_recall_request_rejects_no_payment()
    {
        var text = Report("<GrpSts>RJCT</GrpSts>", "")
            .Replace("pain.001.001.09</OrgnlMsgNmId>", "camt.055.001.08</OrgnlMsgNmId>", StringComparison.Ordinal);

        BankScene.Read(text).Should().BeEquivalentTo(Reading.Nothing);
    }

    [Theory]
    [InlineData("CNCL", null, Outcome.Recalled, Grade.A)]
    [InlineData("PECR", "ACCR", Outcome.Recalled, Grade.A)]
    [InlineData("PECR", "RJCR", Outcome.RecallRefused, Grade.C)]
    [InlineData("CNCL", "PDCR", Outcome.Unknown, Grade.C)]
    [InlineData("PDCR", null, Outcome.Unknown, Grade.C)]
    [InlineData("NOOR", null, Outcome.Unknown, Grade.D)]
    [InlineData("QQQQ", null, Outcome.Unknown, Grade.D)]
    public void Of_a_recall_takes_the_transactions_word_before_the_confirmation(
        string confirmation, string? word, Outcome outcome, Grade grade)
    {
        var status = word is null ? "" : $"<TxCxlSts>{word}</TxCxlSts>";
        var reading =
            BankScene.Read(
                Resolution(
                    confirmation,
                    $"<CxlDtls><TxInfAndSts><OrgnlInstrId>a1</OrgnlInstrId>{status}</TxInfAndSts></CxlDtls>"));

        var verdict = reading.Lines.Should().ContainSingle().Which.Verdict;
        (verdict.Outcome, verdict.Grade).Should().Be((outcome, grade));
        verdict.Frees.Should().Be(outcome == Outcome.Recalled);
    }

    [Fact]
    public void Of_a_recall_that_names_no_transaction_frees_none() =>
        BankScene.Read(Resolution("CNCL", "")).Should().BeEquivalentTo(Reading.Nothing);

    [Theory]
    [InlineData("<RsltnRltdInf><ChrgsInf/></RsltnRltdInf>", "", "CNCL")]
    [InlineData("", "<RsltnRltdInf/>", "CNCL")]
    [InlineData("", "<TxCxlSts>ACCR</TxCxlSts>", "RJCR")]
    public void Of_a_recall_that_came_after_settlement_or_speaks_against_itself_frees_nothing(
        string after, string inside, string confirmation)
    {
        var details = $"<CxlDtls><TxInfAndSts><OrgnlInstrId>a1</OrgnlInstrId>{inside}</TxInfAndSts></CxlDtls>{after}";

        BankScene.Read(Resolution(confirmation, details)).Lines.Should().ContainSingle().Which.Verdict.Frees.Should()
            .BeFalse();
    }

    [Theory]
    [InlineData("<OrgnlPmtInfAndSts><OrgnlPmtInfId>U1</OrgnlPmtInfId><PmtInfCxlSts>RJCR</PmtInfCxlSts>"
        + "{0}</OrgnlPmtInfAndSts>", Outcome.RecallRefused)]
    [InlineData("<OrgnlGrpInfAndSts><GrpCxlSts>RJCR</GrpCxlSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>"
        + "U1</OrgnlPmtInfId>{0}</OrgnlPmtInfAndSts>", Outcome.RecallRefused)]
    [InlineData("<OrgnlPmtInfAndSts><PmtInfCxlSts>RJCR</PmtInfCxlSts></OrgnlPmtInfAndSts>{0}", Outcome.Recalled)]
    public void Of_a_recall_passes_a_levels_word_down_to_what_is_listed_below_it(string levels, Outcome outcome)
    {
        var details =
            levels.Replace("{0}", "<TxInfAndSts><OrgnlInstrId>a1</OrgnlInstrId></TxInfAndSts>",
                StringComparison.Ordinal);

        BankScene.Read(Resolution("CNCL", $"<CxlDtls>{details}</CxlDtls>")).Lines.Should()
            .ContainSingle().Which.Verdict.Outcome.Should().Be(outcome);
    }

    private static string Resolution(string confirmation, string details) =>
        $"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.029.001.09"><RsltnOfInvstgtn><Sts><Conf>"""
            + $"""{confirmation}</Conf></Sts>{details}</RsltnOfInvstgtn></Document>""";

    private static string Report(string group, string blocks) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
          <OrgnlGrpInfAndSts><OrgnlMsgId>U1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>{blocks}
        </CstmrPmtStsRpt></Document>
        """;

    private static string Block(string inside) =>
        $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>U1</OrgnlPmtInfId>{inside}</OrgnlPmtInfAndSts>";

    private static string Transaction(string reference, string? status, string? reason) =>
        $"<TxInfAndSts><OrgnlInstrId>{reference}</OrgnlInstrId>"
        + (status is null ? "" : $"<TxSts>{status}</TxSts>")
        + (reason is null ? "" : $"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>")
        + "</TxInfAndSts>";
}
