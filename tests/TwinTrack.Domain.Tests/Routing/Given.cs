using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>The things that routing tests begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly CycleId Cycle = new(Guid.CreateVersion7(At));
    public static readonly SwitchId Swi = new(Guid.CreateVersion7(At));

    public static ChannelTerms Terms(int track = 1) => new(
        "Sahel Money", "mobile_money", track, [Instrument.Mobile], [], CurrencyOf("XOF"), 3_600,
        ContractModel.Government);

    public static Channel Channel(string code, int track = 1) =>
        Declared(TwinTrack.Routing.Domain.Channels.Channel.Register(code, Terms(track), At));

    public static Channel Declared(Channel channel, ChannelAbilities? abilities = null)
    {
        channel.Declare(abilities ?? Abilities, null, At);
        return channel;
    }

    /// <summary>Of a provider of accounts that pays every instrument but cash.</summary>
    public static readonly ChannelAbilities Abilities = new(
        Recall: false, StatusQuery: true, Bulk: true, Callback: true, Portability: true, ValiditySeconds: 864_000,
        [Instrument.Mobile, Instrument.Bank], [DataField.Name, DataField.Account], MaxPerPaymentMinor: null);

    /// <summary>Of an agency that hands out cash by lists.</summary>
    public static readonly ChannelAbilities ByHand = Abilities with
    {
        Recall = true,
        StatusQuery = false,
        Callback = false,
        Instruments = Enum.GetValues<Instrument>(),
        DisclosedFields = Enum.GetValues<DataField>(),
    };

    public static RouteChannel Way(string code, int track, string instruments = "mobile bank cash", string areas = "",
        bool undeclared = false, bool paused = false) => new(
        code,
        track,
        instruments.Split(' ').Select(word => Word.Read<Instrument>(word)!.Value).ToHashSet(),
        areas.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
        "XOF",
        1,
        paused)
        { Abilities = undeclared ? null : Abilities };

    public static RoutingTable Table(params (string Rule, string Channels)[] rows) => RoutingTable.Of(
        1,
        [.. rows.Select(row => (Parts: row.Rule.Split(' '), row.Channels))
            .Select(row => new TableRow(row.Parts[0], row.Parts[1], row.Parts[2], row.Channels.Split(' ')))],
        rows.SelectMany(row => row.Channels.Split(' ')).ToHashSet())
        .Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason));

    public static Overlay Overlay(string from, int toTrack = 2, string areas = "", SwitchId? id = null) =>
        new(id ?? Swi, "psn", Cycle, areas.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
            from.Split(' ').ToHashSet(), toTrack);

    public static Protocol Protocol(TwinTrack.Routing.Domain.Switches.ProtocolTerms? terms = null, string area = "*",
        int version = 1) => TwinTrack.Routing.Domain.Switches.Protocol
        .Of("psn", area, terms ?? ProtocolTerms(), version, new Actor("ada", "government"), At)
        .Match(protocol => protocol, refusal => throw new InvalidOperationException(refusal.Reason));

    public static ChosenProtocol Chosen(TwinTrack.Routing.Domain.Switches.ProtocolTerms? terms = null) =>
        new(Protocol(terms), "the only one");

    public static TwinTrack.Routing.Domain.Switches.ProtocolTerms ProtocolTerms() => new()
    {
        Currency = "XOF",
        Reasons = [SwitchReason.FundsSuspended, SwitchReason.Return],
        ProposerRoles = [Role.Operator],
        Quorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 },
        ProposalValidHours = 24,
        WatchSeconds = 60,
    };

    public static SwitchProposal Proposal(int toTrack = 2, SwitchReason reason = SwitchReason.FundsSuspended,
        params string[] from) =>
        new(new SwitchScope("psn", Cycle, [], from.Length == 0 ? ["t1-momo"] : from, toTrack), reason, null, null);

    public static Currency CurrencyOf(string code) =>
        Currency.Of(code).Match(currency => currency, refusal => throw new InvalidOperationException(refusal.Code));

    /// <summary>The field that a fault names before its colon; empty without a fault.</summary>
    public static string FieldOf(string? fault) =>
        fault is null ? "" : fault.Split(':') is [{ Length: > 0 } field, _, ..] ? field : "a fault without a field";

    public static Refusal? RefusalOf<T>(Result<T> result) => result.Match<Refusal?>(_ => null, refusal => refusal);

    /// <summary>The refusal's code, or nothing.</summary>
    public static string CodeOf<T>(Result<T> result) => result.Match(_ => "", refusal => refusal.Code);

    public static string ReasonOf<T>(Result<T> result) => result.Match(_ => "", refusal => refusal.Reason);
}
