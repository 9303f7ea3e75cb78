using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>
/// Our references anywhere in a body, in any format. A callback is only a hint, so it is enough to know what it names.
/// The body is not parsed, so no crafted body can break a parser.
/// </summary>
/// <param name="Units">As <see cref="WireReference.OfUnit"/> makes them.</param>
/// <param name="Orders">As <see cref="WireReference.Of(InstructionId)"/> makes them, also written as a UUID.</param>
public sealed record NamedReferences(IReadOnlySet<string> Units, IReadOnlySet<InstructionId> Orders)
{
    /// <summary>Most references of one body. Further references are ignored.</summary>
    public const int Max = 1_000;

    private const int OrderLength = 32;
    private const int UuidLength = 36;

    public static NamedReferences In(ReadOnlySpan<byte> body)
    {
        var units = new HashSet<string>(StringComparer.Ordinal);
        var orders = new HashSet<InstructionId>();
        for (var at = 0; at < body.Length && units.Count + orders.Count < Max;)
        {
            var end = at;
            while (end < body.Length && (char.IsAsciiLetterOrDigit((char)body[end]) || body[end] == '-'))
            {
                end++;
            }

            if (end - at is OrderLength or OrderLength + 1 or UuidLength)
            {
                Take(Encoding.ASCII.GetString(body[at..end]), units, orders);
            }

            at = Math.Max(end, at + 1);
        }

        return new NamedReferences(units, orders);
    }

    private static void Take(string word, HashSet<string> units, HashSet<InstructionId> orders)
    {
        if (word.Length == OrderLength + 1)
        {
            if (word[0] is 'U' or 'u' && Guid.TryParseExact(word[1..], "n", out var unit))
            {
                units.Add(WireReference.OfUnit(unit));
            }
        }
        else if (Guid.TryParseExact(word, word.Length == UuidLength ? "d" : "n", out var order) && order != Guid.Empty)
        {
            orders.Add(InstructionId.From(order));
        }
    }
}
