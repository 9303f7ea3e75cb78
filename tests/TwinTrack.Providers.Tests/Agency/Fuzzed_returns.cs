using System.Text;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>Every parser of the agency's files against bent ones (<see cref="Fuzz"/>).</summary>
public sealed class Fuzzed_returns
{
    private const long PieceMax = 64L * 1024 * 1024;
    private const string Json =
        """{"name":"json","returns":{"form":"json","columns":{"payment_id":"ref","status":"state","amount":"paid?"},"words":{"done":"delivered"}}}""";

    private static readonly string[] Bits = [",", ";", "\"", "\"\"", "\n", "\r", "\0", "\uFEFF", "1E+9", "-1",
        "99999999999999999999", "<", "&a;", "<!DOCTYPE a>", "{", "[", "]", "null", "\\u0000", "\"ref\":"];

    /// <summary>
    /// Definition, name, and a sound document of payments: nothing in it frees, so whatever frees after bending was
    /// made up.
    /// </summary>
    private static readonly Dictionary<string, (string Format, string Name, byte[] Content)> Sound = new()
    {
        ["csv return"] = ("twintrack", "x.return.csv",
            Text("payment_id,status,delivered_amount,delivered_on,reason,list_closed\np1,delivered,60.00,2026-01-30,,"
                + "N\np2,partial,5,2026-01-30,\"a, \"\"b\"\"\",N\n")),
        ["csv acknowledgement"] = ("twintrack", "x.ack.csv",
            Text("list,status,reason,rows,sum,sha256\nU1,accepted,,5,1.00,00\n")),
        ["csv stop answer"] = ("twintrack", "x.stopack.csv", Text("payment_id,status\np1,refused\n")),
        ["wfp return"] = ("wfp-payment-advice", "x.return.csv",
            Text("Payment Reference,Amount Paid,Transfer Date,Bank Transfer Reference,Payment Status,Payment "
                + "Details\np1,60.00,30/01/2026,T,Paid,\n")),
        ["121 return"] = ("121", "x.return.csv", Text("referenceId;status;errorMessage\np1;success;\np2;success;\n")),
        ["hope workbook"] = ("hope", "x.return.xlsx",
            Workbook(["payment_id", "delivered_quantity", "delivery_date"], ["p1", "60", "2026-01-30"],
                ["p2", "5.5", ""])),
        ["hope sheet"] = ("hope", "x.return.xlsx",
            Text(Sheet([["payment_id", "delivered_quantity"], ["p1", "60"], ["p2", "5"]]))),
        ["json return"] = (Json, "x.return.json",
            Text("""{"items":[{"ref":"p1","state":"done","paid":60.00},"""
                + """{"state":"done","ref":"p2","paid":"5.00"}],"more":[1,{}]}""")),
        ["statement"] = ("twintrack", "s.csv",
            Text("statement,final,covers_from,covers_until,lines,paid,returned\nA,N,2026-01-01T00:00:00Z,"
                + "2026-01-31T18:00:00Z,1,1.00,0\npayment_id,kind,amount,currency,date,agency_reference\np1,paid,1.00,"
                + "USD,2026-01-30,\n")),
    };

    public static TheoryData<string> Files => [.. Sound.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Are_read_or_refused_and_free_nothing_that_the_agency_did_not_free(string file)
    {
        var (format, name, whole) = Sound[file];

        await new Fuzz(whole, Bits).RunAsync((bent, round) =>
        {
            var document = new Document(name, file == "hope sheet" ? Wrapped(bent) : bent);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (connection, reading) = (Connection("/nowhere", format),
                Read(format, name, document.Content).Match(read => read, _ => Reading.Nothing));
            var faults = Adapter.FaultsOf(connection, document);
            Adapter.ReadStatement(connection, document);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(PieceMax, round);
            reading.Lines.Should().NotContain(line => line.Verdict.Frees, round);
            reading.Units.Should().NotContain(unit => unit.Verdict.Frees, round);
            faults.Should().NotContain(fault => fault.Row < 0, round);
            return Task.CompletedTask;
        });
    }

    /// <summary>A bent sheet in a sound workbook: bent zips alone hardly ever reach the sheet's reader.</summary>
    private static byte[] Wrapped(byte[] sheet)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Workbook(["payment_id", "delivered_quantity"]));
        using (var zip = new System.IO.Compression.ZipArchive(
            bytes, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            part.Write(sheet);
        }

        return bytes.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
