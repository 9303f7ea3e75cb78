using System.Text;

namespace TwinTrack.Routing.Domain;

/// <summary>
/// The wire's words for our enums: <c>MobileMoney</c> is <c>mobile_money</c>. One rule, so that no word is spelled
/// twice.
/// </summary>
public static class Word
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>Null for a word that is not listed; never a default.</summary>
    public static TEnum? Read<TEnum>(string? word)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        return null;
    }

    public static string All<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(Of));

    /// <summary>
    /// Codes of channels, programmes and areas: 1 to 32 letters, digits, dashes and underscores, so that they stand in
    /// a canonical text unescaped.
    /// </summary>
    public static bool IsCode(string? text) =>
        text is { Length: >= 1 and <= 32 }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
