using System.Globalization;
using System.Text;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// The SWIFT x character set (a-z A-Z 0-9 / - ? : ( ) . , ' + and blank), which banks with older systems demand.
/// Letters lose their marks, a few have a spelling of their own, everything else becomes a point. Neither a stroke at
/// the beginning nor two in a row are allowed in that set's fields.
/// </summary>
internal static class LatinText
{
    private const string Marks = "/-?:().,'+ ";

    /// <summary>
    /// A Latin letter and those that are it with a mark. A table and not the platform's normalisation, which needs data
    /// that a small image does not have, and would write the same unit in other bytes there.
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
