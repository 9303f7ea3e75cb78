namespace TwinTrack.Kernel;

/// <summary>Who acts. Every command, message and audit record carries it. It is an id, never a person's name.</summary>
/// <param name="User">The account's name in the identity provider.</param>
/// <param name="Party">
/// The party that the person acts for: <c>government</c>, <c>partner</c>, a provider's code or <c>system</c>.
/// </param>
public sealed record Actor(string User, string Party)
{
    /// <summary>The system itself, when a clock or a message causes the change, not a person.</summary>
    public static readonly Actor System = new("system", "system");

    public override string ToString() => $"{User}@{Party}";

    /// <summary>
    /// Whether one person is behind both. The account decides, whatever the party: an administrator may have moved the
    /// account from one party to another.
    /// </summary>
    public bool IsSamePersonAs(Actor other) => User == other.User;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Actor Parse(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? new Actor(text, "") : new Actor(text[..at], text[(at + 1)..]);
    }
}
