using System.IO.Compression;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Checks a workbook before it is read. Its real size is counted by unpacking, because the declared size may be false.
/// </summary>
internal static class WorkbookGuard
{
    /// <summary>Parts of one workbook.</summary>
    internal const int PartsMax = 200;

    /// <summary>Bytes of all parts unpacked. 100,000 rows of twelve columns take some 90 MB.</summary>
    internal const long UnpackedMax = 256L * 1024 * 1024;

    /// <summary>Bytes unpacked of every part but sheets: the reader holds them in memory.</summary>
    internal const long HeldMax = 64L * 1024 * 1024;

    private static readonly byte[] Encrypted = [0xD0, 0xCF, 0x11, 0xE0];

    internal static Refusal? Look(byte[] content)
    {
        if (content.AsSpan().StartsWith(Encrypted))
        {
            return AgencyRefusals.NotTable(FileForm.Xlsx, "a workbook with a password, or of the format before 2007");
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return zip.Entries.Count > PartsMax ? AgencyRefusals.Bomb($"more than {PartsMax} parts") : Measure(zip);
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or IOException)
        {
            return AgencyRefusals.NotTable(FileForm.Xlsx, "no workbook");
        }
    }

    private static Refusal? Measure(ZipArchive zip)
    {
        var (all, held, buffer) = (0L, 0L, new byte[64 * 1024]);
        foreach (var part in zip.Entries)
        {
            var sheet = part.FullName.Contains("worksheets/", StringComparison.OrdinalIgnoreCase);
            using var stream = part.Open();
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                all += read;
                held += sheet ? 0 : read;
                if (all > UnpackedMax || held > HeldMax)
                {
                    return AgencyRefusals.Bomb(
                        Invariant($"more than {(all > UnpackedMax ? UnpackedMax : HeldMax)} bytes come out of it"));
                }
            }
        }

        return null;
    }
}
