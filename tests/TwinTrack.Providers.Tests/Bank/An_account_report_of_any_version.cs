using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>
/// Reports that hold to each published schema, read and held against the lines that they were written from.
/// </summary>
public sealed class An_account_report_of_any_version
{
    private static readonly string[] Currencies = ["XOF", "USD", "TND"];

    public static TheoryData<string> Reports =>
        [.. IsoMessages.Names.Where(name => name.StartsWith("camt.05", StringComparison.Ordinal))];

    public static TheoryData<string> Statements =>
        [.. IsoMessages.Names.Where(name => name.StartsWith("camt.053", StringComparison.Ordinal))];

    [ConformanceTheory]
    [MemberData(nameof(Reports))]
    public void Is_valid_and_says_what_its_lines_say(string message)
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var (lines, currency, batch) = (Lines(seed), Currencies[seed % 3], seed % 4 == 0 ? 3 : 1);
            var document = BankPen.Bytes(new BankPen(message, currency).Write(lines, batch));
            BankSchemas.Faults(document, message).Should().BeEmpty(Invariant($"seed {seed} must be valid"));

            var reading =
                BankScene.Taken(
                    BankScene.Adapter.Read(BankScene.Connection(currency: currency), new Document("r.xml", document)));

            reading.Lines.Select(line => (line.Reference, line.Verdict.Outcome, line.AmountMinor)).Should().Equal(
                lines.Select(
                    line => (line.InstrId, line.Return is null ? Outcome.Settled : Outcome.Returned,
                        (long?)Math.Abs(line.Signed))), Invariant($"seed {seed}"));
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void Is_a_statement_with_the_same_lines(string message)
    {
        var lines = Lines(7);
        var statement = Read(BankPen.Bytes(new BankPen(message, "USD").Write(lines)));

        statement.Final.Should().BeTrue();
        statement.Lines.Select(line => (line.Reference, line.Returned ? line.AmountMinor : -line.AmountMinor)).Should()
            .Equal(lines.Select(line => ((string?)line.InstrId, line.Signed)));
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void In_pages_is_whole_only_with_all_of_them_in_order(string message)
    {
        var pages = Pages(message, 3);

        var whole = Read(BankPen.Envelope([.. pages]));
        whole.Final.Should().BeTrue();
        whole.Lines.Should().HaveCount(15);
        Read(BankPen.Envelope(pages[0], pages[1])).Final.Should().BeFalse("the last page is missing");
        Read(BankPen.Envelope(pages[0], pages[2])).Final.Should().BeFalse("a page in the middle is missing");
        Read(BankPen.Envelope(pages[1], pages[2])).Final.Should().BeFalse("the first page is missing");
        Read(BankPen.Bytes(pages[2].Document)).Final.Should().BeFalse("the last page alone is not the statement");
        BankScene.Refused(
            BankScene.Adapter.ReadStatement(BankScene.Connection(),
                new Document("p.xml", BankPen.Envelope(pages[0], pages[0], pages[1], pages[2]))))
            .Should().Be("bank.page_repeated");
    }

    [Fact]
    public void In_pages_must_balance_over_all_of_them()
    {
        var pages = Pages("camt.053.001.08", 2);
        pages[1].Document.Descendants().First(element => element.Name.LocalName == "Bal").ElementsAfterSelf().First()
            .Descendants()
            .First(element => element.Name.LocalName == "Amt").Value = "1.00";

        BankScene.Refused(
            BankScene.Adapter.ReadStatement(BankScene.Connection(),
                new Document("p.xml", BankPen.Envelope([.. pages]))))
            .Should().Be("bank.balances_do_not_add_up");
    }

    [Fact]
    public void Behind_a_header_that_announces_another_message_is_refused()
    {
        var document = new BankPen("camt.053.001.08", "USD").Write(Lines(1));

        Read(BankPen.Envelope(("camt.053.001.08", document))).Lines.Should().NotBeEmpty();
        BankScene.Refused(
            BankScene.Adapter.ReadStatement(BankScene.Connection(),
                new Document("e.xml", BankPen.Envelope(("camt.053.001.02", document)))))
            .Should().Be("bank.header_disagrees");
    }

    [Fact]
    public void Other_than_a_statement_is_no_statement()
    {
        var document = BankPen.Bytes(new BankPen("camt.054.001.08", "USD").Write(Lines(1)));

        BankScene.Refused(BankScene.Adapter.ReadStatement(BankScene.Connection(), new Document("n.xml", document)))
            .Should().Be("bank.unknown_document");
    }

    private static List<(string Message, System.Xml.Linq.XElement Document)> Pages(string message, int of)
    {
        var pen = new BankPen(message, "USD");
        return [.. Enumerable.Range(1, of).Select(number => (message, pen.Write(
            Lines(number), page: (number, of), earlier: [.. Enumerable.Range(1, number - 1).SelectMany(Lines)])))];
    }

    private static Statement Read(byte[] content) =>
        BankScene.Taken(BankScene.Adapter.ReadStatement(BankScene.Connection(), new Document("s.xml", content)));

    internal static List<PenLine> Lines(int seed) =>
        [.. SeededOrders.Unit(seed, 5).Orders.Select(
            (order, at) =>
                new PenLine(order.Reference, order.EndToEnd, at == 4 ? order.AmountMinor : -order.AmountMinor,
                    at == 4 ? "AC04" : null))];
}
