using System.Text;
using System.Text.Unicode;

namespace TwinTrack.Providers.Agency;

/// <summary>Converts the encodings of CSV files to and from UTF-8.</summary>
internal static class TextForm
{
    private static readonly Dictionary<string, Func<Encoding>> Encodings = new()
    {
        ["utf-8"] = () => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        ["utf-8-bom"] = () => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        ["utf-16"] = () => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        ["latin1"] = () => Encoding.Latin1,
        ["windows-1252"] = () => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
    };

    internal static IEnumerable<string> Names => Encodings.Keys;

    internal static bool Known(string name) => Encodings.ContainsKey(name);

    /// <summary>
    /// The file's text in UTF-8 without its byte order mark; null when the bytes do not fit the encoding. UTF-8 is not
    /// copied.
    /// </summary>
    internal static ReadOnlyMemory<byte>? ToUtf8(string encoding, byte[] content)
    {
        if (encoding.StartsWith("utf-8", StringComparison.Ordinal))
        {
            ReadOnlyMemory<byte>? text = content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            return Utf8.IsValid(text.Value.Span) ? text : (ReadOnlyMemory<byte>?)null;
        }

        try
        {
            var known = Encodings[encoding]();
            var mark = known.Preamble.Length > 0 && content.AsSpan().StartsWith(known.Preamble)
                ? known.Preamble.Length : 0;
            return Encoding.Convert(known, Encoding.UTF8, content, mark, content.Length - mark);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Converts UTF-8 to the file's encoding, with its byte order mark. A character that the encoding lacks becomes a
    /// question mark.
    /// </summary>
    internal static byte[] FromUtf8(string encoding, byte[] text)
    {
        var known = Encodings[encoding]();
        return known.Preamble.Length == 0 && encoding == "utf-8"
            ? text : [.. known.Preamble, .. Encoding.Convert(Encoding.UTF8, known, text)];
    }
}
