using System.Reflection;
using TwinTrack.Kernel;

namespace TwinTrack.Platform;

/// <summary>
/// Holds an enum of a service against the words of the contracts. A word without a member, or a member without a word,
/// stops the host when it starts.
/// </summary>
/// <param name="Values">The enum.</param>
/// <param name="Words">The contracts' class of constants.</param>
/// <param name="Without">Words that this enum leaves to others.</param>
public sealed record WordBinding(Type Values, Type Words, IReadOnlyList<string> Without)
{
    /// <summary>Binds an enum to a class that has one string constant for each word.</summary>
    /// <param name="words">The contracts' class of constants.</param>
    /// <param name="without">Words that this enum leaves to others.</param>
    public static WordBinding Of<TEnum>(Type words, params string[] without)
        where TEnum : struct, Enum => new(typeof(TEnum), words, without);

    /// <summary>What does not agree, one sentence each; empty when both sides have the same words.</summary>
    public IReadOnlyList<string> Differences()
    {
        var wire = Words.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!).Except(Without).ToHashSet(StringComparer.Ordinal);
        var own = Enum.GetNames(Values).Select(Word.OfName).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. wire.Except(own).Order(StringComparer.Ordinal)
                .Select(word => $"{Values.FullName} has no member for the word '{word}' of {Words.Name}."),
            .. own.Except(wire).Order(StringComparer.Ordinal)
                .Select(word => $"{Words.Name} has no word '{word}', which {Values.FullName} would send or expect."),
        ];
    }

    /// <exception cref="InvalidOperationException">Some words do not agree; the text lists all of them.</exception>
    internal static void Check(IEnumerable<WordBinding> bindings)
    {
        var differences = bindings.SelectMany(binding => binding.Differences()).ToList();
        if (differences.Count > 0)
        {
            throw new InvalidOperationException(
                "The words of this build do not agree: " + string.Join(' ', differences));
        }
    }
}
