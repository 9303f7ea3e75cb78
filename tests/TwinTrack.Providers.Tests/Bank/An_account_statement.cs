using System.Globalization;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

public sealed class An_account_statement
{
    [Fact]
    public void Whose_balances_agree_is_read_line_by_line()
    {
        var statement =
            BankScene.Taken(BankScene.Statement(Statement(1000.00m, 870.50m, Entry("a1", 129.50m, "DBIT"))));

        statement.Reference.Should().Be("S1");
        statement.Final.Should().BeTrue();
        statement.CoversUntil.Should().Be(new DateTimeOffset(2026, 1, 31, 18, 0, 0, TimeSpan.Zero));
        statement.Lines.Should().ContainSingle().Which.Should()
            .Be(new StatementLine(1, "a1", false, 12950, "USD", new DateOnly(2026, 1, 31), "B-a1"));
    }

    [Fact]
    public void Whose_balances_disagree_is_refused_whole() =>
        BankScene.Refused(BankScene.Statement(Statement(1000m, 870m, Entry("a1", 129.50m, "DBIT")))).Should()
            .Be("bank.balances_do_not_add_up");

    [Fact]
    public void Counts_only_what_is_booked()
    {
        var pending = Entry("a2", 50m, "DBIT").Replace("BOOK", "PDNG", StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(Statement(100m, 90m, Entry("a1", 10m, "DBIT") + pending))).Lines.Should()
            .ContainSingle();
    }

    [Fact]
    public void Takes_the_sign_from_the_debit_indicator_and_not_from_the_reversal_indicator()
    {
        var reversal = Entry("a1", 10m, "CRDT")
            .Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(Statement(100m, 110m, reversal))).Lines.Single().Returned.Should().BeTrue();
    }

    [Fact]
    public void Splits_a_batch_booking_by_its_details_and_not_by_the_entrys_amount()
    {
        var batch = Batch(30m, ("a1", 10m), ("a2", 20m));

        BankScene.Taken(BankScene.Statement(Statement(100m, 70m, batch))).Lines
            .Select(line => (line.Reference, line.AmountMinor)).Should().Equal(("a1", 1000), ("a2", 2000));
    }

    [Fact]
    public void Whose_details_do_not_make_the_entry_is_refused() =>
        BankScene.Refused(BankScene.Statement(Statement(100m, 70m, Batch(30m, ("a1", 10m), ("a2", 19m))))).Should()
            .Be("bank.details_do_not_add_up");

    [Fact]
    public void Shows_what_a_batch_does_not_detail_as_a_line_of_nobody()
    {
        var batch = Batch(30m, ("a1", 10m)).Replace(
            "<TxDtls>", "<Btch><NbOfTxs>3</NbOfTxs></Btch><TxDtls>", StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(Statement(100m, 70m, batch))).Lines
            .Select(line => (line.Reference, line.AmountMinor)).Should().Equal(("a1", 1000), (null, 2000));
    }

    [Fact]
    public void In_another_currency_is_refused() =>
        BankScene.Refused(BankScene.Statement(Statement(100m, 90m, Entry("a1", 10m, "DBIT")), "EUR")).Should()
            .Be("bank.other_currency");

    [Theory]
    [InlineData("CLBD", "ITBD")]
    [InlineData("<FrToDt><FrDtTm>2026-01-31T00:00:00Z</FrDtTm><ToDtTm>2026-01-31T18:00:00Z</ToDtTm></FrToDt>", "")]
    [InlineData("<Id>S1</Id>", "<Id>S1</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>")]
    [InlineData(Account, "")]
    public void Is_final_only_with_closed_books_a_period_its_account_and_no_page_to_come(string part, string instead)
    {
        var text = Statement(100m, 90m, Entry("a1", 10m, "DBIT")).Replace(part, instead, StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(text)).Final.Should().BeFalse();
    }

    [Theory]
    [InlineData("<NtryDtls>", "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>")]
    [InlineData("<NtryDtls><TxDtls><Refs><AcctSvcrRef>B-a1</AcctSvcrRef><InstrId>a1</InstrId></Refs></TxDtls>"
        + "</NtryDtls>", "")]
    [InlineData("<NtryDtls><TxDtls><Refs><AcctSvcrRef>B-a1</AcctSvcrRef><InstrId>a1</InstrId></Refs></TxDtls>"
        + "</NtryDtls>", "<NtryDtls><Btch><PmtInfId>U1</PmtInfId></Btch></NtryDtls>")]
    public void In_which_a_payment_may_hide_inside_a_collective_debit_is_not_final(string part, string instead)
    {
        var text = Statement(100m, 90m, Entry("a1", 10m, "DBIT")).Replace(part, instead, StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(text)).Final.Should().BeFalse();
    }

    [Fact]
    public void Is_final_although_a_charge_is_not_itemised()
    {
        var charge =
            "<Ntry><Amt Ccy=\"USD\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>"
                + "2026-01-31</Dt></BookgDt>"
            + "<BkTxCd><Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd></Ntry>";

        BankScene.Taken(BankScene.Statement(Statement(100m, 89m, Entry("a1", 10m, "DBIT") + charge))).Final.Should()
            .BeTrue();
    }

    [Fact]
    public void Of_another_account_is_refused()
    {
        var text = Statement(100m, 90m, Entry("a1", 10m, "DBIT"))
            .Replace("DE89370400440532013000", "GB82WEST12345698765432", StringComparison.Ordinal);
        var connection = BankScene.With(BankScene.Connection(), ("statementAccount", "GB82WEST12345698765432"));

        BankScene.Refused(BankScene.Statement(text)).Should().Be("bank.other_account");
        BankScene.Refused(BankScene.Adapter.Read(BankScene.Connection(), BankScene.Document(text))).Should()
            .Be("bank.other_account");
        BankScene.Taken(BankScene.Adapter.ReadStatement(connection, BankScene.Document(text))).Lines.Should()
            .ContainSingle();
    }

    [Theory]
    [InlineData("CRDT", "<Sts>", "<RvslInd>true</RvslInd><Sts>",
        "a wrong booking taken back is followed by the right one")]
    [InlineData("CRDT", "<Sts>", "<Sts>", "a credit that does not say why is no return")]
    [InlineData("DBIT", "<Sts>", "<RvslInd>true</RvslInd><Sts>", "a credit taken back is no payment")]
    [InlineData("CRDT", "</TxDtls>", "<RtrInf><Rsn><Cd>DUPL</Cd></Rsn></RtrInf></TxDtls>",
        "a copy that comes back means that another one was paid")]
    public void Line_that_is_neither_payment_nor_return_names_no_order(
        string direction, string part, string instead, string because)
    {
        var entry = Entry("a1", 10m, direction).Replace(part, instead, StringComparison.Ordinal);
        var text = Statement(100m, direction == "CRDT" ? 110m : 90m, entry);

        BankScene.Taken(BankScene.Statement(text)).Lines.Should().ContainSingle().Which.Reference.Should()
            .BeNull(because);
        BankScene.Read(text).Lines.Should().BeEmpty(because);
    }

    [Theory]
    [InlineData("RRTN")]
    [InlineData("RPCR")]
    public void Takes_a_credit_for_a_return_by_its_bank_transaction_code(string code)
    {
        var entry = Entry("a1", 10m, "CRDT").Replace(
            "<NtryDtls>",
            $"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>{code}</SubFmlyCd></Fmly></Domn></BkTxCd>"
                + $"<NtryDtls>", StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(Statement(100m, 110m, entry))).Lines.Single().Reference.Should().Be("a1");
        BankScene.Read(Statement(100m, 110m, entry)).Lines.Should().ContainSingle().Which.Verdict.Should()
            .Be(new Verdict(Outcome.Returned, Grade.B, $"BOOK/CRDT/{code}"));
    }

    [Fact]
    public void Names_the_obligation_where_the_bank_carries_no_instruction_id()
    {
        var text = Statement(100m, 90m, Entry("a1", 10m, "DBIT"))
            .Replace("<InstrId>a1</InstrId>", "<EndToEndId>e1</EndToEndId>", StringComparison.Ordinal);

        BankScene.Taken(BankScene.Statement(text)).Lines.Single().Reference.Should().Be("e1");
        BankScene.Taken(
            BankScene.Statement(
                text.Replace(">e1<", ">NOTPROVIDED<", StringComparison.Ordinal))).Lines.Single().Reference.Should()
                .BeNull();
    }

    [Fact]
    public void Laid_down_as_a_file_settles_debits_and_returns_credits_that_say_why()
    {
        var returned = Entry("a2", 20m, "CRDT")
            .Replace("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>", StringComparison.Ordinal);
        var reading =
            BankScene.Read(Statement(100m, 120m, Entry("a1", 10m, "DBIT") + returned + Entry("a3", 10m, "CRDT")));

        reading.Lines.Should().BeEquivalentTo(
        [
            new Answer("a1", new Verdict(Outcome.Settled, Grade.A, "BOOK/DBIT"), "B-a1", 1000),
            new Answer("a2", new Verdict(Outcome.Returned, Grade.B, "BOOK/CRDT/RtrInf/AC04"), "B-a2", 2000),
        ]);
        reading.Lines[1].Verdict.Frees.Should().BeTrue();
    }

    [Fact]
    public void Has_a_sister_without_balances()
    {
        var text = $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M1</MsgId></GrpHdr>
            <Ntfctn><Id>N1</Id>{Account}{Entry("a1", 10m, "DBIT")}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
            """;

        BankScene.Read(text).Lines.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Settled);
    }

    internal static string Statement(decimal opening, decimal closing, string entries) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-31T19:00:00Z</CreDtTm></GrpHdr>
        <Stmt><Id>S1</Id><FrToDt><FrDtTm>2026-01-31T00:00:00Z</FrDtTm><ToDtTm>2026-01-31T18:00:00Z</ToDtTm></FrToDt>{Account}
        {Balance("OPBD", opening)}{Balance("CLBD", closing)}{entries}</Stmt></BkToCstmrStmt></Document>
        """;

    internal const string Account = "<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>";

    internal static string Entry(string reference, decimal amount, string direction) =>
        $"<Ntry><Amt Ccy=\"USD\">{Text(amount)}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
            + $"<BookgDt><Dt>2026-01-31</Dt></BookgDt>"
        + $"<NtryDtls><TxDtls><Refs><AcctSvcrRef>B-{reference}</AcctSvcrRef><InstrId>{reference}</InstrId></Refs>"
            + $"</TxDtls></NtryDtls></Ntry>";

    private static string Batch(decimal amount, params (string Reference, decimal Amount)[] details) =>
        $"<Ntry><Amt Ccy=\"USD\">{Text(amount)}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>"
            + $"2026-01-31</Dt></BookgDt><NtryDtls>"
        + string.Concat(
            details.Select(
                detail =>
                    $"<TxDtls><Refs><InstrId>{detail.Reference}</InstrId></Refs><Amt "
                        + $"Ccy=\"USD\">{Text(detail.Amount)}</Amt></TxDtls>"))
        + "</NtryDtls></Ntry>";

    private static string Balance(string code, decimal amount) =>
        $"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt "
            + $"Ccy=\"USD\">{Text(amount)}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>";

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
