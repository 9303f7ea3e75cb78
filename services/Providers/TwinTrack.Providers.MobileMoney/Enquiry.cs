using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

internal enum EnquiryDepth
{
    Off,

    /// <summary>Whether the account exists and can receive money.</summary>
    Status,

    /// <summary>Whether it is the payee's, too.</summary>
    Name,
}

/// <summary>
/// Setting <c>nameEnquiry</c>: checks the account before it is paid, where the operator supports it. Used only for
/// orders that were certainly never sent. So a failed check proves that nothing was sent. Names are compared here and
/// not stored.
/// </summary>
internal static class Enquiry
{
    public const string NotRegistered = "ACCOUNT_NOT_REGISTERED";
    public const string NotAvailable = "ACCOUNT_NOT_AVAILABLE";
    public const string OtherName = "NAME_DIFFERS";

    public static bool IsKnown(string? text) => text is null or "off" or "status" or "name";

    public static EnquiryDepth Of(Connection connection) => connection["nameEnquiry"] switch
    {
        "status" => EnquiryDepth.Status,
        "name" => EnquiryDepth.Name,
        _ => EnquiryDepth.Off,
    };

    /// <summary>
    /// Whether two spellings can be one person's: they share a word of three letters or more, in any order, case and
    /// accents. Names in different scripts cannot be compared, so they pass. The enquiry must catch another person's
    /// number, not a different spelling.
    /// </summary>
    public static bool CanBeOne(string ours, string theirs)
    {
        var (left, right) = (Words(ours), Words(theirs));
        return left.Count == 0 || right.Count == 0 || left.Any(IsLatin) != right.Any(IsLatin)
            || left.Any(one => right.Any(other => IsOneWord(one, other)));
    }

    private static HashSet<string> Words(string name)
    {
        return [.. name.ToUpperInvariant().Split([' ', '-', '.', ',', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= 3)];
    }

    /// <summary>
    /// A letter with an accent matches any letter, because operators write accents, omit them or replace them.
    /// </summary>
    private static bool IsOneWord(string one, string other) =>
        one.Length == other.Length && one.Zip(other)
            .All(pair => pair.First == pair.Second || !char.IsAscii(pair.First) || !char.IsAscii(pair.Second));

    private static bool IsLatin(string word) => char.IsAsciiLetter(word[0]);
}
