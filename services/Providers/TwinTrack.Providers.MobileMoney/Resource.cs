using System.Text.RegularExpressions;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>A resource at the operator that can be read.</summary>
/// <param name="Kind">requeststates, batchtransactions or transactions.</param>
internal sealed partial record Resource(string Kind, string Id)
{
    public string Path => $"/{Kind}/{Id}";

    /// <summary>
    /// Reads a link, absolute or relative. Only its last two segments count, so that no link can send our key to
    /// another host or path. Null when the kind is unknown.
    /// </summary>
    public static Resource? OfLink(string? link)
    {
        var segments = (link ?? "").Split('?', '#')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments is [.., var kind, var id] ? Of(kind, id) : null;
    }

    public static Resource? Of(string kind, string? id) =>
        kind is "requeststates" or "batchtransactions" or "transactions" && id is not null && SafeId().IsMatch(id)
            ? new Resource(kind, id) : null;

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._~-]{0,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeId();
}
