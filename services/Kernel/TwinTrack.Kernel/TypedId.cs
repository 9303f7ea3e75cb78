using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>
/// An id that cannot be confused with another kind of id. Its text is <c>ins_0198...</c> in logs, urls and messages.
/// </summary>
public interface ITypedId<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>Two or three lower-case letters, unique in the system.</summary>
    static abstract string Prefix { get; }

    static abstract TSelf From(Guid value);

    Guid Value { get; }
}

public static class TypedId
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    extension<TId>(TId) where TId : struct, ITypedId<TId>
    {
        /// <summary>A new id, ordered by the clock's time so that indexes grow at one end.</summary>
        public static TId New(TimeProvider clock) => TId.From(clock.NewId());
    }

    extension<TId>(TId id) where TId : struct, ITypedId<TId>
    {
        public string Text => $"{TId.Prefix}_{id.Value:n}";
    }

    /// <summary>Accepts exactly what <c>Text</c> writes, so two texts are never one id.</summary>
    public static bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id)
        where TId : struct, ITypedId<TId>
    {
        id = default;
        if (text is null || !text.StartsWith($"{TId.Prefix}_", StringComparison.Ordinal))
        {
            return false;
        }

        // The platform's parser also takes upper case and blanks. Then one id would have several texts.
        var digits = text.AsSpan(TId.Prefix.Length + 1);
        if (digits.ContainsAnyExcept(Digits) || !Guid.TryParseExact(digits, "n", out var value)
            || value == Guid.Empty)
        {
            return false;
        }

        id = TId.From(value);
        return true;
    }

    public static TId Parse<TId>(string text)
        where TId : struct, ITypedId<TId> =>
        TryParse<TId>(text, out var id) ? id : throw new FormatException($"Not a '{TId.Prefix}_' id.");
}
