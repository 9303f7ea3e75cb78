using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>Rule books, payments and ways for the tests about them.</summary>
internal static class RuleGiven
{
    public static readonly DateOnly Day = DateOnly.FromDateTime(Given.At.UtcDateTime);

    public static RuleSet Book(params (RuleKind Kind, string Id, Rule Rule)[] rules) =>
        new(rules.Select(rule => new RuleEntry(rule.Kind, rule.Id, 1, rule.Rule, "ada@government", Given.At)));

    public static RouteTerms Terms(params (RuleKind Kind, string Id, Rule Rule)[] rules) => new(Book(rules), Day);

    public static RouteChannel Agency(string code = "t2-agency", string provider = "Care") =>
        Given.Way(code, 2) with { Abilities = Given.ByHand, Provider = provider };

    public static RouteRequest Request(string area = "NE003", Instrument instrument = Instrument.Mobile,
        string? source = "treasury", ObligationId? obligation = null) =>
        new("psn", Given.Cycle, area, instrument, "XOF") { FundingSource = source, Obligation = obligation };

    public static RouteCandidate Candidate(RouteChannel? channel = null, string area = "NE003",
        string? source = "treasury", ObligationId? obligation = null) =>
        new(Request(area, source: source, obligation: obligation), channel ?? Agency(), Day);

    /// <summary>Obligations as they are made: numbered in order of time, so that only the tail is random.</summary>
    public static ObligationId Obligation(int number)
    {
#pragma warning disable CA5394 // Seeded on purpose: a failure must be repeatable.
        var random = new Random(number);
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
#pragma warning restore CA5394
        var time = new byte[16];
        Guid.CreateVersion7(Given.At.AddMilliseconds(number)).TryWriteBytes(time, bigEndian: true, out _);
        time.AsSpan(0, 6).CopyTo(bytes);
        return new ObligationId(new Guid(bytes, bigEndian: true));
    }

    public static RoutingFacts Map(RoutingTable table, IReadOnlyList<Overlay> overlays, RuleSet? book = null,
        params RouteChannel[] channels) =>
        new(table, channels.ToDictionary(channel => channel.Code), overlays, "XOF",
            channels.ToDictionary(channel => channel.Code, channel => channel.Provider))
        {
            CanRecall = new HashSet<string>(),
            CapacityPerHour = channels.ToDictionary(channel => channel.Code, _ => 3_600),
            Terms = new RouteTerms(book ?? RuleSet.Empty, Day),
        };

    public static ChunkRow Row(int number, string area = "NE003", string instrument = "mobile",
        string source = "treasury", long amountMinor = 100) =>
        new(new InstructionId(Obligation(number + 1_000_000).Value), Obligation(number), area, instrument, source,
            amountMinor);
}
