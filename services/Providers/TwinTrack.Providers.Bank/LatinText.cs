using System.Globalization;
using System.Text;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// The SWIFT x character set (a-z A-Z 0-9 / - ? : ( ) . , ' + and blank), which banks with older systems demand.
/// Letters lose their marks, and a few have a special spelling. Every other character becomes a point. A field of this
/// set must not begin with a slash or contain two slashes in a row.
/// </summary>
internal static class LatinText
{
    private const string Marks = "/-?:().,'+ ";

    /// <summary>
    /// A Latin letter and its forms with a mark. The platform's normalisation is not used, because it needs data that a
    /// small image lacks. There the same unit would have other bytes.
    /// </summary>
    private const string Marked =
        "AÀÁÂÃÄÅĀĂĄǍẠẢ BƁ CÇĆĈĊČ DĎĐÐƊḌ EÈÉÊËĒĔĖĘĚẸẼƐ GĜĞĠĢǦ HĤĦḤ IÌÍÎÏĨĪĬĮİǏỊ JĴ KĶǨƘ LĹĻĽĿŁ NÑŃŅŇǸŊƝ OÒÓÔÕÖØŌŎŐǑỌƆ " +
        "RŔŖŘ SŚŜŞŠȘṢ TŢŤŦȚṬ UÙÚÛÜŨŪŬŮŰŲǓỤ WŴẀ YÝŶŸỲƳ ZŹŻŽẒ";

    private static readonly Dictionary<char, string> Spelled = Marked.Split(' ')
        .SelectMany(group => group[1..].SelectMany(letter => new[]
        {
            KeyValuePair.Create(letter, group[..1]),
            KeyValuePair.Create(char.ToLowerInvariant(letter), char.ToLowerInvariant(group[0]).ToString()),
        }))
        .Concat(
        [
            new('ß', "ss"), new('Æ', "AE"), new('æ', "ae"), new('Œ', "OE"), new('œ', "oe"), new('Þ', "TH"),
            new('þ', "th"), new('ı', "i"),
            new('&', "+"), new('’', "'"), new('‘', "'"), new('`', "'"),
        ])
        .DistinctBy(pair => pair.Key).ToDictionary();

    internal static bool Holds(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || Marks.Contains(letter, StringComparison.Ordinal);

    internal static string Of(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsSurrogate(letter) || letter == '\uFFFD'
                || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.Format)
            {
                continue;
            }

            var piece = Holds(letter) ? letter.ToString()
                : char.IsWhiteSpace(letter) || char.IsControl(letter) ? " "
                : Spelled.GetValueOrDefault(letter, ".");
            if (!((piece == "." || piece == "/") && latin.Length > 0 && latin[^1] == piece[0]))
            {
                latin.Append(piece);
            }
        }

        return latin.ToString().TrimStart('/', ' ');
    }
}
