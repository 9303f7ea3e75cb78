using System.IO.Compression;
using System.Text;

namespace TwinTrack.Simulators.Agency;

/// <summary>Files that no agency should send. Each must be refused as a whole and must change nothing.</summary>
internal static class HostileAgency
{
    private const int BombBytes = 300 * 1024 * 1024;
    private static readonly string[] Unknown = ["0123456789abcdef0123456789abcdef"];

    /// <summary>Returns one of the files in turn. Each would free this order if it were accepted.</summary>
    internal static (string Name, byte[] Content) File(AgencyStyle style, ProcessedOrder order, int turn)
    {
        var refusal = new OrderReport(order, Paid: false, AmountMinor: 0, Duplicates: false, False: true);
        var line = style.Line(refusal, AgencyList.Known(order.Currency), true, DateTimeOffset.UnixEpoch)!;
        var name = $"hostile.{(style.NamesClosed ? "closed-return" : "return")}.{style.Ending}";
        return (turn % 5) switch
        {
            0 => (name, style.Write([line, line])),
            1 => (name, style.Write([line, [.. Unknown, .. line[1..]]])),
            2 => ("hostile.ack.csv", Encoding.UTF8.GetBytes(
                $"list,status,reason,rows,sum,sha256\n{order.Unit},refused,,999999,1,00\n")),
            3 when style.Ending == "xlsx" => (name, Bomb()),
            3 => (name, [.. style.Write([line]), 0xC3, 0x28]),
            _ => (name, Half(style.Write([line]))),
        };
    }

    private static byte[] Half(byte[] file) => file[..(file.Length / 2)];

    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var part = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open())
        {
            var blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (var written = 0; written < BombBytes; written += blanks.Length)
            {
                part.Write(blanks);
            }
        }

        return bytes.ToArray();
    }
}
