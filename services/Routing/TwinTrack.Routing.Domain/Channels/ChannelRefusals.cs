using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Channels;

/// <summary>Refusals about a channel or the table, in order of precedence.</summary>
public static class ChannelRefusals
{
    /// <summary>May succeed once an administrator has made the channel known.</summary>
    public static readonly Refusal Unknown = new("channel.unknown",
        "No channel has this code. Check the code in the list of channels, or register it first.",
        RefusalKind.NotFound);

    /// <summary>Never succeeds, because payments under way depend on these.</summary>
    public static readonly Refusal Fixed = new(
        "channel.fixed",
            "The track, adapter and currency of a channel cannot change. Register another channel.");

    /// <summary>Never succeeds for this party.</summary>
    public static Refusal OtherParty(string party, string channel, int track) => new(
        "channel.other_party",
            Invariant($"Channel {channel} is on track {track}, and your party ({party}) does not act there. ")
            + "The government acts on every channel, and the partner on track 2. Ask an operator of such a party.");

    /// <summary>Nothing to do: the gate is closed or closing.</summary>
    public static readonly Refusal AlreadyClosed = new(
        "channel.already_closed",
            "The channel's gate is already closed or closing. There is nothing to do.", RefusalKind.Conflict);

    /// <summary>May succeed in a moment, when the closing is proved.</summary>
    public static readonly Refusal NotClosed = new(
        "channel.not_closed",
            "The channel's gate is not closed yet. Only a channel with a closed gate can be resumed.",
            RefusalKind.Conflict);

    /// <summary>May succeed once a table has been set.</summary>
    public static readonly Refusal NoTable = new("table.none",
        "No routing table is set. Set a table first.", RefusalKind.NotFound);

    /// <summary>Never succeeds: an adapter declares what it can do.</summary>
    public static Refusal AbilityTyped(string member) => new(
        "channel.ability_typed",
            $"{member} cannot be set, because the adapter declares it for the channel's connection. Leave it out, "
            + "and read it at GET /channels.",
        RefusalKind.Invalid);

    /// <summary>Never, unless another adapter is used.</summary>
    public static Refusal NotPayable(string adapter, IReadOnlyList<Instrument> payable) =>
        Invalid($"instruments: {adapter} pays {string.Join(", ", payable.Select(Word.Of))}.");

    /// <summary>Never succeeds as asked.</summary>
    public static Refusal Invalid(string why) => new("channel.invalid", why, RefusalKind.Invalid);

    /// <summary>Never succeeds as asked.</summary>
    public static Refusal InvalidTable(string why) => new("table.invalid", why, RefusalKind.Invalid);
}
