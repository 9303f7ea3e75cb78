using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>
/// What a value in a request may be, in words. A word of an enum is one of its names; its number is refused.
/// </summary>
internal static partial class ValueKinds
{
    private const int EchoMax = 40;

    private static readonly Dictionary<Type, (Func<string, bool> Reads, string Accepted)> Kinds = new()
    {
        [typeof(string)] = (_ => true, "a text"),
        [typeof(int)] = (text => int.TryParse(text, Whole, Culture, out _),
            Invariant($"a whole number from {int.MinValue} to {int.MaxValue}")),
        [typeof(long)] = (text => long.TryParse(text, Whole, Culture, out _),
            Invariant($"a whole number from {long.MinValue} to {long.MaxValue}")),
        [typeof(decimal)] = (text => decimal.TryParse(text, NumberStyles.Number, Culture, out _), "a number"),
        [typeof(double)] = (text => double.TryParse(text, NumberStyles.Float, Culture, out _), "a number"),
        [typeof(bool)] = (text => bool.TryParse(text, out _), "true or false"),
        [typeof(Guid)] = (text => Guid.TryParse(text, out _), "an id of 32 hexadecimal digits"),
        [typeof(DateOnly)] = (text => DateOnly.TryParse(text, Culture, out _), "a date such as 2026-01-31"),
        [typeof(DateTimeOffset)] = (text => DateTimeOffset.TryParse(text, Culture, out _),
            "an instant such as 2026-01-31T12:00:00Z"),
    };

    private static readonly Lazy<Dictionary<string, Type>> Ids = new(() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name!.StartsWith("TwinTrack.", StringComparison.Ordinal))
        .SelectMany(assembly => assembly.GetTypes()).Where(TypedIdConventions.IsTypedId)
        .DistinctBy(SchemaFacts.Prefix).ToDictionary(SchemaFacts.Prefix));

    private const NumberStyles Whole = NumberStyles.Integer;

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>Whether an address can hold a value of this type.</summary>
    public static bool Reads(Type type) => Kinds.ContainsKey(type) || type.IsEnum || TypedIdConventions.IsTypedId(type);

    public static bool Fits(Type type, string text) =>
        TypedIdConventions.IsTypedId(type) ? IsId(text, SchemaFacts.Prefix(type))
        : type.IsEnum ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
        : !Kinds.TryGetValue(type, out var kind) || kind.Reads(text);

    /// <summary>For example "a batch id (bat_ and 32 hexadecimal digits)".</summary>
    public static string Accepted(Type type) =>
        TypedIdConventions.IsTypedId(type) ? $"{IdName(type)} ({SchemaFacts.Prefix(type)}_ and 32 hexadecimal digits)"
        : type.IsEnum ? OneOf(Enum.GetNames(type))
        : Kinds.TryGetValue(type, out var kind) ? kind.Accepted
        : "another kind of value";

    /// <summary>For example "a cycle id"; null when the text is not an id.</summary>
    public static string? IdKind(string text) => IdText().Match(text) is { Success: true } found
        ? Ids.Value.TryGetValue(found.Groups[1].Value, out var type) ? IdName(type) : "an id of another kind"
        : null;

    /// <summary>A value of the address, short enough that it holds no more than a word.</summary>
    public static string Echo(string text)
    {
        var plain = string.Concat(text.Take(EchoMax).Select(letter => char.IsControl(letter) ? '?' : letter));
        return text.Length > EchoMax ? $"'{plain}...'" : $"'{plain}'";
    }

    public static string OneOf(IEnumerable<string> names) =>
        names.ToList() is var all && all.Count == 1 ? all[0] : $"one of {string.Join(", ", all)}";

    /// <summary>The known name that a misspelled one probably means; null when none is near.</summary>
    public static string? Nearest(string given, IEnumerable<string> known) => known
        .Select(name => (name, Edits: Edits(given.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(one => one.Edits <= Math.Max(2, one.name.Length / 3))
        .OrderBy(one => one.Edits).Select(one => one.name).FirstOrDefault();

    /// <summary>The fewest letters to insert, remove or replace (Levenshtein).</summary>
    private static int Edits(string left, string right)
    {
        if (left.Length > 2 * EchoMax)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, corner + (left[i - 1] == right[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[^1];
    }

    private static bool IsId(string text, string prefix) =>
        text.StartsWith($"{prefix}_", StringComparison.Ordinal)
        && Guid.TryParseExact(text.AsSpan(prefix.Length + 1), "n", out var value) && value != Guid.Empty;

    /// <summary><c>ForcedMoveId</c> is "a forced move id".</summary>
    private static string IdName(Type type)
    {
        var words = Word.OfName(type.Name).Replace('_', ' ');
        return (words[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + words;
    }

    [GeneratedRegex("^([a-z]{2,3})_[0-9a-z]*$")]
    private static partial Regex IdText();
}
