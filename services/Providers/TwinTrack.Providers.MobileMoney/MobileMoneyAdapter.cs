using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney.Operators;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// Mobile money operators: the GSMA Mobile Money API 1.2, or an operator's own, by the setting <c>profile</c>. Every
/// operator accepts each of our references once, so the same unit may be sent again. If a copy is refused as a
/// duplicate, the state of the first is asked for. Thread-safe. Keeps connections and tokens, and no state about money.
/// </summary>
/// <param name="wire">
/// Must not follow redirects (<see cref="NoRedirects"/>): a redirect would send the order and its key to someone else.
/// </param>
/// <param name="answerWithin">The limit of one call. Each connection has its own limit too.</param>
/// <param name="clock">For dates in requests and the expiry of tokens.</param>
public sealed class MobileMoneyAdapter(HttpMessageHandler wire, TimeSpan answerWithin, TimeProvider clock)
    : IProviderAdapter
{
    private static readonly Dictionary<string, OperatorProfile> Profiles = new OperatorProfile[]
    {
        new GsmaProfile(),
        new Mtn(),
        new Airtel(),
        new Daraja(),
        new Onafriq(),
    }.ToDictionary(profile => profile.Sheet.Name);

    private readonly ConcurrentDictionary<string, (string Settings, OperatorConnection Line)> _connections = new();

    public string Kind => "mobile_money";

    /// <summary>The wire to give to the constructor.</summary>
    public static SocketsHttpHandler NoRedirects() => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    public Abilities AbilitiesOf(Connection connection)
    {
        var (profile, call) = Open(connection);
        return profile.AbilitiesOf(connection, call.Address);
    }

    public Result<Connection> Check(Connection connection) =>
        Profiles.TryGetValue(connection["profile"] ?? GsmaProfile.Name, out var profile)
            ? profile.Check(connection)
            : MobileMoneyRefusals.Setting("profile", $"is one of {string.Join(", ", Profiles.Keys)}");

    /// <summary>
    /// Orders that this operator cannot take are left out. This proves that they were not sent, unless an earlier call
    /// with other settings may have sent them.
    /// </summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var (profile, call) = Open(connection);
        var unfit = unit.Orders.ToLookup(order => profile.Unfit(connection, order));
        var held = unfit.Where(group => group.Key is not null)
            .SelectMany(group => group.Select(order => new Answer(
                order.Reference, UnsentCode.VerdictOf(group.Key!, unit.Again)))).ToList();
        IReadOnlyList<PaymentOrder> orders = [.. unfit[null]];
        if (!unit.Again && Enquiry.Of(connection) != EnquiryDepth.Off)
        {
            held.AddRange(await EnquireAsync(profile, call, orders, cancel));
            orders = [.. orders.ExceptBy(held.Select(answer => answer.Reference), order => order.Reference)];
        }

        var reading = orders.Count == 0 ? Reading.Nothing
            : await profile.SubmitAsync(call, unit with { Orders = orders }, cancel);
        return reading with { Lines = [.. reading.Lines, .. held] };
    }

    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var (profile, call) = Open(connection);
        return profile.AskAsync(call, unit, cancel);
    }

    public Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel)
    {
        var (profile, call) = Open(connection);
        return profile.RecallAsync(call, unit, orders, cancel);
    }

    public ConnectionState StateOf(Connection connection) => Open(connection).Call.OperatorConnection.State;

    public async Task<string?> ProbeAsync(Connection connection, CancellationToken cancel)
    {
        var (profile, call) = Open(connection);
        var answer = await profile.ProbeAsync(call, cancel);
        return answer.IsGood ? null : answer.Unknown.Code;
    }

    public Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Document>>([]);

    public Result<Reading> Read(Connection connection, Document document) =>
        Open(connection).Profile.ReadCallback(connection, document.Content);

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel) => Task.CompletedTask;

    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        OperatorStatement.Read(connection.Currency, document.Content);

    private static async Task<IEnumerable<Answer>> EnquireAsync(
        OperatorProfile profile, OperatorCall call, IReadOnlyList<PaymentOrder> orders, CancellationToken cancel)
    {
        var looked =
            await Singly.EachAsync(call, orders,
                async order => await profile.EnquireAsync(call, order, cancel) is { } why
            ? new Answer(order.Reference, UnsentCode.VerdictOf(why, again: false))
            : new Answer(order.Reference, Verdict.Unknown("FIT")));
        return looked.Where(answer => answer.Verdict.Frees);
    }

    private (OperatorProfile Profile, OperatorCall Call) Open(Connection connection)
    {
        var profile = Profiles[connection["profile"] ?? GsmaProfile.Name];
        var settings = Hash(connection);
        var (_, line) = _connections.AddOrUpdate(
            connection.Channel,
            _ => (settings, Make()),
            (_, known) => known.Settings == settings ? known : (settings, Make()));
        return (profile, new OperatorCall(connection, line, clock));

        OperatorConnection Make()
        {
            var address = profile.AddressOf(connection)
                .Match(address => address, refusal => throw new InvalidOperationException(refusal.Reason));
            var http = new HttpClient(profile.Signed(connection, clock, wire), disposeHandler: false)
            {
                BaseAddress = new Uri(address.Base),
                Timeout = answerWithin,
            };
            return new OperatorConnection(http, address);
        }
    }

    /// <summary>Settings hold secrets, so only their hash is kept for comparison.</summary>
    private static string Hash(Connection connection) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', connection.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => $"{setting.Key}={setting.Value}")))));
}
