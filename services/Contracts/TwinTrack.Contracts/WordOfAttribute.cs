using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace TwinTrack.Contracts;

/// <summary>
/// The member holds a word of this list, or several. A reader refuses every other value and names the member.
/// </summary>
/// <param name="words">A class of constants in <c>Contracts/Words</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WordOfAttribute(Type words) : ValidationAttribute
{
    private readonly FrozenSet<object> _allowed = AllOf(words).ToFrozenSet();

    public Type Words => words;

    /// <summary>In the order in which they are declared.</summary>
    public IEnumerable<object> Allowed => AllOf(words);

    public override bool IsValid(object? value) => value switch
    {
        null => true,
        IEnumerable<string> several => several.All(_allowed.Contains),
        _ => _allowed.Contains(value),
    };

    public override string FormatErrorMessage(string name) =>
        $"The member '{name}' must be a word of {words.Name}: {string.Join(", ", Allowed)}.";

    private static IEnumerable<object> AllOf(Type words) =>
        words.GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => constant.GetRawConstantValue()!);
}
