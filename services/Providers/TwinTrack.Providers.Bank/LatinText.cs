using System.Globalization;
using System.Text;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// The SWIFT x character set (a-z A-Z 0-9 / - ? : ( ) . , ' + and blank), which banks with older systems demand. Letters lose their marks, a few have a spelling of
/// their own, everything else becomes a point. Neither a stroke at the beginning nor two in a row are allowed in that set's fields.
/// </summary>
internal static class LatinText
{
    private const string Marks = "/-?:().,'+ ";

    private static readonly Dictionary<char, string> Spelled = new()
    {
        ['ß'] = "ss", ['Æ'] = "AE", ['æ'] = "ae", ['Œ'] = "OE", ['œ'] = "oe", ['Ø'] = "O", ['ø'] = "o", ['Đ'] = "D", ['đ'] = "d", ['Ð'] = "D", ['ð'] = "d",
        ['Þ'] = "TH", ['þ'] = "th", ['Ł'] = "L", ['ł'] = "l", ['ı'] = "i", ['Ŋ'] = "N", ['ŋ'] = "n", ['Ɓ'] = "B", ['ɓ'] = "b", ['Ɗ'] = "D", ['ɗ'] = "d",
        ['Ƙ'] = "K", ['ƙ'] = "k", ['Ƴ'] = "Y", ['ƴ'] = "y", ['Ɛ'] = "E", ['ɛ'] = "e", ['Ɔ'] = "O", ['ɔ'] = "o", ['&'] = "+", ['’'] = "'", ['‘'] = "'", ['`'] = "'",
    };

    internal static bool Holds(char letter) => char.IsAsciiLetterOrDigit(letter) || Marks.Contains(letter);

    internal static string Of(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var letter in Readable(text).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLowSurrogate(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
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

    /// <summary>Normalising stops at broken surrogates: they go first.</summary>
    private static string Readable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar).Select(rune => rune.ToString()));
}
