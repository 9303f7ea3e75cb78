using System.Collections.Frozen;
using System.Text;

namespace TwinTrack.Kernel;

/// <summary>
/// The wire's words for an enum, by one rule: <c>MobileMoney</c> is <c>mobile_money</c>. A name of one letter is a code
/// and stays as it is. The words are compared with <c>Contracts/Words</c> when a host starts. Thread-safe.
/// </summary>
public static class Word
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Table<TEnum>.Words[value];

    /// <summary>Null for a word that is not listed. There is no default, and a number is not a word.</summary>
    public static TEnum? Read<TEnum>(string? word)
        where TEnum : struct, Enum =>
        word is not null && Table<TEnum>.Values.TryGetValue(word, out var value) ? value : null;

    /// <param name="word">The word in a message.</param>
    /// <param name="field">The field, named in the fault.</param>
    /// <exception cref="FormatException">The word is not listed. The text names the field and the known
    /// words.</exception>
    public static TEnum Parse<TEnum>(string? word, string field)
        where TEnum : struct, Enum =>
        Read<TEnum>(word) ?? throw new FormatException($"{field}: '{word}' is not known; known are {All<TEnum>()}.");

    public static string All<TEnum>()
        where TEnum : struct, Enum => string.Join(", ", Enum.GetValues<TEnum>().Select(Of));

    /// <summary>
    /// Codes of channels, programmes and areas: 1 to 32 letters, digits, dashes and underscores. They need no escaping
    /// in a canonical text.
    /// </summary>
    public static bool IsCode(string? text) =>
        text is { Length: >= 1 and <= 32 }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>The word of an enum member's name.</summary>
    public static string OfName(string name)
    {
        if (name.Length == 1)
        {
            return name;
        }

        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static class Table<TEnum>
        where TEnum : struct, Enum
    {
        internal static readonly FrozenDictionary<TEnum, string> Words =
            Enum.GetValues<TEnum>().ToFrozenDictionary(value => value, value => OfName(value.ToString()));

        internal static readonly FrozenDictionary<string, TEnum> Values =
            Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
