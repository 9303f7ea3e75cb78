using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Channels;

/// <summary>
/// One provider contract and its gate. The epoch counts the stops by switches and suspensions. What a stop covers
/// leaves only under its epoch or a newer one.
/// </summary>
public sealed class Channel
{
    public const int ReasonMax = 500;

    /// <summary>The text shown while Providers has not answered.</summary>
    public const string NotDeclaredYet = "abilities not declared yet";

    /// <summary>Providers' refusal that is final; bound to <c>Contracts/Words/AbilityRefusals</c>.</summary>
    public const string AdapterMissing = "adapter.missing";

    /// <summary>The reason of a pause outside the opening hours.</summary>
    public const string OutsideHours = "outside hours";

    public required string Code { get; init; }

    public string Provider { get; private set; } = "";

    /// <summary>The word for the adapter. Providers knows the list.</summary>
    public string Adapter { get; private set; } = "";

    /// <summary>1 government, 2 aligned.</summary>
    public int Track { get; private set; }

    /// <summary>What the contract covers.</summary>
    public IReadOnlyList<Instrument> Instruments { get; private set; } = [];

    /// <summary>As <see cref="AreaPattern"/>; empty means all.</summary>
    public IReadOnlyList<string> Areas { get; private set; } = [];

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Payments an hour.</summary>
    public int CapacityPerHour { get; private set; }

    public ContractModel ContractModel { get; private set; }

    public Gate Gate { get; private set; }

    /// <summary>From 1; rises with each stop of a scope, never by a pause. Routes carry it.</summary>
    public long Epoch { get; private set; } = 1;

    /// <summary>
    /// The proof: the journal's last sequence under the closed gate. Null while the gate is not closed.
    /// </summary>
    public long? LastSequence { get; private set; }

    public DateTimeOffset? ClosedSince { get; private set; }

    /// <summary>Why an operator paused it; null when no pause is on.</summary>
    public string? PauseReason { get; private set; }

    /// <summary>When the gate was last commanded; the sweep asks again from here.</summary>
    public DateTimeOffset CommandedAt { get; private set; }

    /// <summary>
    /// Counts the commands given to the gate. An answer to an older one says nothing about this gate.
    /// </summary>
    public long CommandNumber { get; private set; }

    /// <summary>
    /// Whether a channel without abilities may get them without another build: its connection is missing or cannot be
    /// opened. A payment waits for that, because an answer without a channel would leave its household unpaid. Only an
    /// adapter that the installation does not have is final.
    /// </summary>
    /// <param name="undeclared">Why there are no abilities, as <see cref="RouteChannel.Undeclared"/>.</param>
    public static bool MayStillDeclare(string undeclared) =>
        !undeclared.StartsWith(AdapterMissing + ":", StringComparison.Ordinal);

    /// <summary>For each payment, minor units.</summary>
    public long FeeMinor { get; private set; }

    /// <summary>Of the amount, in hundredths of a percent.</summary>
    public int FeeBasisPoints { get; private set; }

    /// <summary>When its provider takes payments; null: always.</summary>
    public OpeningHours? Hours { get; private set; }

    /// <summary>As Providers declared them; null until then, and no payment is routed here.</summary>
    public ChannelAbilities? Abilities { get; private set; }

    /// <summary>Why Providers cannot declare them, code and reason; null when it has not refused.</summary>
    public string? AbilitiesRefusal { get; private set; }

    /// <summary>When Providers last declared or refused; null before.</summary>
    public DateTimeOffset? AbilitiesAt { get; private set; }

    public static Channel Register(string code, ChannelTerms terms, DateTimeOffset at)
    {
        var channel = new Channel { Code = code, CommandedAt = at };
        channel.Take(terms);
        return channel;
    }

    public Result<Channel> Change(ChannelTerms terms)
    {
        if (terms.Track != Track || terms.Adapter != Adapter || terms.Currency.Code != Currency)
        {
            return ChannelRefusals.Fixed;
        }

        if (Abilities is { } can && terms.Instruments.Except(can.Instruments).Any())
        {
            return ChannelRefusals.NotPayable(Adapter, can.Instruments);
        }

        Take(terms);
        return this;
    }

    /// <summary>What Providers says about the adapter. A declaration older than the last one is ignored.</summary>
    /// <param name="abilities">Null when Providers refuses.</param>
    /// <param name="refusal">Code and reason; null with abilities.</param>
    /// <param name="at">When it was said.</param>
    public void Declare(ChannelAbilities? abilities, string? refusal, DateTimeOffset at)
    {
        if (AbilitiesAt is null || at >= AbilitiesAt)
        {
            (Abilities, AbilitiesRefusal, AbilitiesAt) = (abilities, refusal, at);
        }
    }

    /// <summary>An operator's stop: nothing more leaves, the queue is kept, and the routes do not change.</summary>
    public Result<Channel> Pause(string reason, DateTimeOffset at)
    {
        if (!FreeText.IsGiven(reason, ReasonMax))
        {
            return ChannelRefusals.Invalid($"reason: 1 to {ReasonMax} characters.");
        }

        if (reason == OutsideHours)
        {
            // The opening hours would end such a pause by themselves.
            return ChannelRefusals.Invalid($"reason: '{OutsideHours}' means the opening hours. Use other words.");
        }

        if (PauseReason == OutsideHours)
        {
            // The pause lasts beyond the closing time, so the gate does not open by itself in the morning.
            PauseReason = reason;
            return this;
        }

        if (Gate is Gate.Closing or Gate.Closed)
        {
            return ChannelRefusals.AlreadyClosed;
        }

        PauseReason = reason;
        return Command(GateTrigger.Close, at);
    }

    /// <summary>
    /// Closes the gate when the opening hours end and opens it when they begin. A gate that a person closed stays
    /// closed.
    /// </summary>
    /// <returns>Whether a command was given to the gate.</returns>
    public bool FollowHours(DateTimeOffset at)
    {
        var open = Hours?.IsOpen(at) ?? true;
        if (!open && Gate is (Gate.Open or Gate.Opening))
        {
            PauseReason = OutsideHours;
            return Command(GateTrigger.Close, at) is Result<Channel>.Ok;
        }

        return open && PauseReason == OutsideHours && Resume(at) is Result<Channel>.Ok;
    }

    /// <summary>Opens the gate, whoever closed it.</summary>
    public Result<Channel> Resume(DateTimeOffset at)
    {
        if (Gate != Gate.Closed)
        {
            return ChannelRefusals.NotClosed;
        }

        PauseReason = null;
        return Command(GateTrigger.Reopen, at);
    }

    /// <summary>
    /// A switch or a suspension stops its scope here. What is routed from now on carries the new epoch, and the gate
    /// does not move.
    /// </summary>
    /// <returns>The new epoch.</returns>
    public long BeginEpoch() => ++Epoch;

    /// <summary>
    /// Providers' answer. One to an older command says nothing about this gate.
    /// </summary>
    public void Confirm(GateTrigger answer, long number, long? lastSequence, DateTimeOffset at)
    {
        // A repeated confirmation is normal and changes nothing.
        if (number != CommandNumber
            || !GateLifecycle.Table.Next(Gate, answer).Allows(out var next, out _))
        {
            return;
        }

        if (next == Gate.Closed)
        {
            (LastSequence, ClosedSince) = (lastSequence, at);
        }
        else
        {
            (LastSequence, ClosedSince) = (null, null);
            CommandedAt = at;
        }

        Gate = next;
    }

    /// <summary>The command was sent once more.</summary>
    public void CommandedAgain(DateTimeOffset at) => CommandedAt = at;

    public RouteChannel AsRoute() => new(
        Code, Track, PayableInstruments(), Areas.ToHashSet(), Currency, Epoch,
        Paused: Gate is (Gate.Closing or Gate.Closed))
    {
        Provider = Provider,
        Abilities = Abilities,
        Undeclared = AbilitiesRefusal ?? NotDeclaredYet,
        Hours = Hours,
    };

    /// <summary>
    /// The instruments that both the contract and the adapter cover, once the adapter has declared them.
    /// </summary>
    private HashSet<Instrument> PayableInstruments() =>
        [.. Abilities is { } can ? Instruments.Intersect(can.Instruments) : Instruments];

    private Result<Channel> Command(GateTrigger trigger, DateTimeOffset at)
    {
        if (!GateLifecycle.Table.Next(Gate, trigger).Allows(out var next, out var refusal))
        {
            return refusal;
        }

        (Gate, CommandedAt, LastSequence, ClosedSince) = (next, at, null, null);
        CommandNumber++;
        return this;
    }

    private void Take(ChannelTerms terms)
    {
        Provider = terms.Provider;
        Adapter = terms.Adapter;
        Track = terms.Track;
        Instruments = [.. terms.Instruments.Distinct()];
        Areas = [.. terms.Areas.Distinct().Order(StringComparer.Ordinal)];
        Currency = terms.Currency.Code;
        CapacityPerHour = terms.CapacityPerHour;
        ContractModel = terms.ContractModel;
        FeeMinor = terms.FeeMinor;
        FeeBasisPoints = terms.FeeBasisPoints;
        Hours = terms.Hours;
    }
}

/// <summary>A channel as the router sees it.</summary>
/// <param name="Areas">Empty means all.</param>
/// <param name="Paused">Stopped by an operator: still a route, the gate holds what is sent there.</param>
public sealed record RouteChannel(
    string Code, int Track, IReadOnlySet<Instrument> Instruments, IReadOnlySet<string> Areas, string Currency,
    long Epoch, bool Paused)
{
    /// <summary>The provider. Several channels may share one.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Null while they are not declared. Then the channel is not a route.</summary>
    public ChannelAbilities? Abilities { get; init; }

    /// <summary>Why there are no abilities, where there are none.</summary>
    public string Undeclared { get; init; } = Channel.NotDeclaredYet;

    /// <summary>Null: always open.</summary>
    public OpeningHours? Hours { get; init; }

    public bool Takes(RouteRequest request) => Mismatch(request) is null;

    /// <summary>Which of its own limits the request breaks; null for none.</summary>
    public RouteReason? Mismatch(RouteRequest request) =>
        !Instruments.Contains(request.Instrument) ? RouteReason.Instrument
        : !AreaPattern.Covers(Areas, request.Area) ? RouteReason.Area
        : request.Currency is not null && request.Currency != Currency ? RouteReason.Currency
        : null;
}
