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
    private const int AddressMax = 2_000;
    private const int ProgrammeMax = 64;

    /// <param name="type">Of <see cref="EventTypes"/>.</param>
    /// <param name="programme">The payment's or the batch's.</param>
    /// <param name="track">1 or 2; null for a batch.</param>
    public bool Wants(string type, string programme, int? track) =>
        Types.Contains(type) && (Programme is null || Programme == programme)
            && (Party == Word.Of(Kernel.Party.Government) || track == Track.Aligned);

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

        if (Word.Read<Kernel.Party>(party) is not { } known)
        {
            return SubscriberRefusals.Party;
        }

        if (programme is { Length: 0 or > ProgrammeMax })
        {
            return SubscriberRefusals.Programme;
        }

        return known == Kernel.Party.Partner && types.Any(EventTypes.IsAboutBatch)
            ? SubscriberRefusals.PartnerBatches
            : (uri, new Subscription(types.ToHashSet(StringComparer.Ordinal), programme, party));
    }
}

/// <summary>Refusals about subscribers, in order of precedence.</summary>
public static class SubscriberRefusals
{
    public static readonly Refusal Unknown = new("subscriber.unknown",
        "No subscriber has this id. Check the id in the list of subscribers.", RefusalKind.NotFound);

    public static readonly Refusal Name = new(
        "subscriber.name", "The name is missing or too long. Give 1 to 64 characters.", RefusalKind.Invalid);

    /// <summary>Never succeeds, unless the installation allows plain http.</summary>
    public static readonly Refusal Address = new(
        "subscriber.address",
            "This address is not accepted. Give an absolute https address without user and fragment.",
            RefusalKind.Invalid);

    public static readonly Refusal Types = new(
        "subscriber.types",
            $"An event type is unknown or missing. Name one or more of: {string.Join(", ", EventTypes.All)}.",
            RefusalKind.Invalid);

    public static readonly Refusal Party = new(
        "subscriber.party", "This is not a party. Give government or partner.", RefusalKind.Invalid);

    public static readonly Refusal Programme = new(
        "subscriber.programme",
            "The programme is empty or too long. Give 1 to 64 characters, or leave it out for all programmes.",
            RefusalKind.Invalid);

    public static readonly Refusal PartnerBatches = new(
        "subscriber.partner_batches",
            "A partner cannot receive events of batches, because their totals cover both tracks. Leave out the "
            + "batch types.");

    public static readonly Refusal NameTaken = new(
        "subscriber.name_taken",
            "A subscriber with this name exists, and its secret is shown only once. Rotate its secret, or choose "
            + "another name.",
        RefusalKind.Conflict);

    public static readonly Refusal Range = new(
        "replay.range",
            "This is not one event or one time span. Name one event, or two times at most 31 days apart.",
        RefusalKind.Invalid);

    /// <summary>May succeed later, when some waiting events have been delivered.</summary>
    public static readonly Refusal Full = new(
        "replay.full",
            "Too many events are waiting for this subscriber. Try again when some have been delivered.",
            RefusalKind.Conflict);
}
