using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Domain;

/// <summary>
/// A programme's short name. People choose it, and it never changes. It is used in urls, messages and ledger accounts.
/// </summary>
public static class ProgrammeCode
{
    private const int LengthMin = 2;
    private const int LengthMax = 32;

    public static Result<string> Of(string? text) =>
        text is { Length: >= LengthMin and <= LengthMax }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? text
            : new Refusal("programme.bad_code",
                $"A programme's code has {LengthMin} to {LengthMax} letters, digits, '-' or '_'.", RefusalKind.Invalid);
}
