namespace TwinTrack.Kernel;

/// <summary>Who acts. Goes with every command, message and audit record; an id, never a person's name.</summary>
/// <param name="User">The account's name in the identity provider.</param>
/// <param name="Party">
/// The party they act for: <c>government</c>, <c>partner</c>, a provider's code or <c>system</c>.
/// </param>
public sealed record Actor(string User, string Party)
{
    /// <summary>The system itself, when a clock or a message and not a person moves something.</summary>
    public static readonly Actor System = new("system", "system");

    public override string ToString() => $"{User}@{Party}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Actor Parse(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? new Actor(text, "") : new Actor(text[..at], text[(at + 1)..]);
    }
}
