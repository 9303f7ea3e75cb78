using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain.Webhooks;

/// <summary>Which events one subscriber receives.</summary>
/// <param name="Types">Of <see cref="EventTypes.All"/>.</param>
/// <param name="Programme">Null for all.</param>
/// <param name="Party">
/// The government receives events of both tracks. A partner receives payments on the partners' track, and no batches,
/// because their totals cover both tracks.
/// </param>
public sealed record Subscription(IReadOnlySet<string> Types, string? Programme, string Party)
{
    public const string Government = "government";
    public const string Partner = "partner";
    public const int PartnerTrack = 2;
    private const int AddressMax = 2_000;
    private const int ProgrammeMax = 64;

    /// <param name="type">Of <see cref="EventTypes"/>.</param>
    /// <param name="programme">The payment's or the batch's.</param>
    /// <param name="track">1 or 2; null for a batch.</param>
    public bool Wants(string type, string programme, int? track) =>
        Types.Contains(type) && (Programme is null || Programme == programme)
            && (Party == Government || track == PartnerTrack);

    /// <param name="address">
    /// Absolute, without user and fragment; https, or http where the installation allows it.
    /// </param>
    /// <param name="types">Event types to receive.</param>
    /// <param name="programme">Null for all.</param>
    /// <param name="party">government or partner.</param>
    /// <param name="plainHttp">Whether http is allowed.</param>
    public static Result<(Uri Address, Subscription Subscription)> Of(
        string address, IReadOnlyCollection<string> types, string? programme, string party, bool plainHttp)
    {
        if (address.Length > AddressMax || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || (uri.Scheme == "http" && !plainHttp) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return SubscriberRefusals.Address;
        }

        if (types.Count == 0 || types.Any(type => !EventTypes.All.Contains(type)))
        {
            return SubscriberRefusals.Types;
        }

        if (party is not (Government or Partner))
        {
            return SubscriberRefusals.Party;
        }

        if (programme is { Length: 0 or > ProgrammeMax })
        {
            return SubscriberRefusals.Programme;
        }

        return party == Partner && types.Any(EventTypes.IsAboutBatch)
            ? SubscriberRefusals.PartnerBatches
            : (uri, new Subscription(types.ToHashSet(StringComparer.Ordinal), programme, party));
    }
}

/// <summary>Refusals about subscribers, in order of precedence.</summary>
public static class SubscriberRefusals
{
    public static readonly Refusal Unknown = new("subscriber.unknown", "No such subscriber.", RefusalKind.NotFound);

    public static readonly Refusal Name = new(
        "subscriber.name", "Give a name of 1 to 64 characters.", RefusalKind.Invalid);

    /// <summary>Never succeeds, unless the installation allows plain http.</summary>
    public static readonly Refusal Address = new(
        "subscriber.address", "Give an absolute https address without user and fragment.", RefusalKind.Invalid);

    public static readonly Refusal Types = new(
        "subscriber.types", $"Name one or more of: {string.Join(", ", EventTypes.All)}.", RefusalKind.Invalid);

    public static readonly Refusal Party = new(
        "subscriber.party", "The party is government or partner.", RefusalKind.Invalid);

    public static readonly Refusal Programme = new(
        "subscriber.programme", "Name a programme of 1 to 64 characters, or none for all.", RefusalKind.Invalid);

    public static readonly Refusal PartnerBatches = new(
        "subscriber.partner_batches", "A partner hears of payments over its own track; a batch's totals are of both.");

    public static readonly Refusal NameTaken = new(
        "subscriber.name_taken", "There is a subscriber of this name. Its secret is shown once: rotate it instead.",
        RefusalKind.Conflict);

    public static readonly Refusal Range = new(
        "replay.range", "Name one event, or a time from and a later time to, at most 31 days apart.",
        RefusalKind.Invalid);

    /// <summary>May succeed later, when some waiting events have been delivered.</summary>
    public static readonly Refusal Full = new(
        "replay.full", "More is waiting for this subscriber than may.", RefusalKind.Conflict);
}
