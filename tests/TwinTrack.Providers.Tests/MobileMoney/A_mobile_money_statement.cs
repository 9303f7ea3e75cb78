using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.MobileMoney;

public class A_mobile_money_statement
{
    private const string Ours = "0198c0a15d2f7e5b8d7f0d2f1c3b4a59";

    private static readonly string Whole = string.Join('\n',
        "statement,final,covers_from,covers_until,lines",
        "MM-2026-03,true,2026-03-01T00:00:00Z,2026-03-31T22:00:00Z,3",
        "reference,type,amount,currency,date,operator_reference",
        $"{Ours},paid,150.50,KES,2026-03-14,TX1",
        $"{Ours},returned,150.5,KES,2026-03-20,TX7",
        "salaries,paid,9,KES,2026-03-21,TX8") + "\n";

    [Fact]
    public void Is_read_line_by_line()
    {
        var statement = Read(Whole).Match(read => read, refusal => throw new InvalidOperationException(refusal.Reason));

        statement.Reference.Should().Be("MM-2026-03");
        statement.Final.Should().BeTrue();
        statement.CoversUntil.Should().Be(new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero));
        statement.Lines.Should().Equal(
            new StatementLine(1, Ours, false, 15_050, "KES", new DateOnly(2026, 3, 14), "TX1"),
            new StatementLine(2, Ours, true, 15_050, "KES", new DateOnly(2026, 3, 20), "TX7"),
            new StatementLine(3, null, false, 900, "KES", new DateOnly(2026, 3, 21), "TX8"));
    }

    [Theory]
    [InlineData("statement,final", "statement;final", "Row 1, header")]
    [InlineData(",true,2026", ",perhaps,2026", "Row 2, final")]
    [InlineData("22:00:00Z", "22:00:00", "Row 2, covers_until")]
    [InlineData("2026-03-01T00:00:00Z", "March", "Row 2, covers_from")]
    [InlineData("Z,3", "Z,4", "Row 2, lines")]
    [InlineData("Z,3", "Z,three", "Row 2, lines")]
    [InlineData("reference,type", "type,reference", "Row 3, header")]
    [InlineData(",paid,150", ",sent,150", "Row 4, type")]
    [InlineData("150.50", "150.505", "Row 4, amount")]
    [InlineData("150.50", "-150.50", "Row 4, amount")]
    [InlineData("150.50", "0", "Row 4, amount")]
    [InlineData("150.50", "1.5E+2", "Row 4, amount")]
    [InlineData("150.50", "=1+1", "Row 4, amount")]
    [InlineData("150.5,KES", "150.5,USD", "Row 5, currency")]
    [InlineData("2026-03-20", "20.03.2026", "Row 5, date")]
    [InlineData("TX8", "", "Row 6, operator_reference")]
    [InlineData("TX8", "TX 8", "Row 6, operator_reference")]
    [InlineData("TX8", "TX1", "Row 6, operator_reference")]
    [InlineData("TX8", "TX8,extra", "Row 6, line")]
    [InlineData("salaries,paid,9,KES,2026-03-21,TX8\n", "", "Row 2, lines")]
    [InlineData("salaries,paid,9,KES,2026-03-21,TX8\n", "\n", "Row 6, line")]
    public void Is_refused_whole_naming_row_and_field(string right, string wrong, string named)
    {
        var refusal = Read(Whole.Replace(right, wrong, StringComparison.Ordinal)).Match<Refusal?>(_ => null, no => no);

        refusal.Should().NotBeNull();
        refusal!.Reason.Should().StartWith(named);
        refusal.Reason.Should().NotContain("salaries").And.NotContain("TX");
    }

    [Fact]
    public void That_is_cut_anywhere_is_refused()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            Read(Whole[..length]).Should().NotBeOfType<Result<Statement>.Ok>(Invariant($"after {length} characters"));
        }
    }

    [Fact]
    public void In_bytes_that_are_no_text_is_refused() =>
        ReadBytes([0xFF, 0xFE, 0x00]).Should().BeOfType<Result<Statement>.No>();

    private static Result<Statement> Read(string text) => ReadBytes(Encoding.UTF8.GetBytes(text));

    private static Result<Statement> ReadBytes(byte[] content)
    {
        using var us = new OurSide();
        return us.Adapter.ReadStatement(OurSide.Connection(new Uri("http://127.0.0.1:1")),
            new Document("statement.csv", content));
    }
}
