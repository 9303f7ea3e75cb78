using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>A programme's code. Entitlements owns programmes; here it only names a caseload.</summary>
public static class ProgrammeCode
{
    private const int LengthMax = 64;

    public static Result<string> Parse(string? text) =>
        text is { Length: > 0 and <= LengthMax }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? text
            : EnrolmentRefusals.Programme;
}
