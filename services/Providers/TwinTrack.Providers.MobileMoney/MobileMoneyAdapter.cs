using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.MobileMoney.MobileMoneyStatusMap;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// Mobile money operators by the GSMA Mobile Money API 1.2: batches of disbursements, or one call an order. The operator takes each correlation id
/// once, so the same unit may be sent again; a copy that it refuses as a duplicate is answered by asking for the first. Thread-safe.
/// </summary>
/// <param name="http">Must not follow redirects (<see cref="NoRedirects"/>): a redirected order, with its key, is an order to someone else.</param>
/// <param name="clock">For X-Date.</param>
public sealed class MobileMoneyAdapter(HttpClient http, TimeProvider clock) : IProviderAdapter
{
    /// <summary>In single mode, silences in a row until the rest of the unit is left unsent for this time.</summary>
    private const int SilencesMax = 3;

    private readonly OperatorClient _client = new(http, clock);

    public string Kind => "mobile_money";

    public Abilities Abilities { get; } = new(Recall: false, StatusQuery: true, Bulk: true, SafeToResend: true, Callback: true);

    private Inquiry Inquiry => new(_client);

    /// <summary>The handler that the client is to be made with.</summary>
    public static SocketsHttpHandler NoRedirects() => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    public Result<Connection> Check(Connection connection) =>
        MobileMoneySettings.Of(connection).Then(_ => (Result<Connection>)connection);

    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var settings = Settings(connection);
        var payable = unit.Orders.Where(OrderBody.IsPayable).ToList();
        // Never put on the wire, and an order's payee never changes: that is proof.
        var unpayable = unit.Orders.Where(order => !OrderBody.IsPayable(order))
            .Select(order => new Answer(order.Reference, new Verdict(Outcome.Rejected, Grade.A, "NO_MSISDN"))).ToList();
        var said = payable.Count == 0 ? Reading.Nothing
            : settings.Single ? await SubmitSinglyAsync(settings, connection.Currency, unit, payable, cancel)
            : await SubmitBatchAsync(settings, connection.Currency, unit, payable, cancel);
        return said with { Lines = [.. said.Lines, .. unpayable] };
    }

    public async Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var settings = Settings(connection);
        if (!settings.Single)
        {
            return await Inquiry.OfBatchAsync(settings, unit, cancel);
        }

        var lines = new List<Answer>();
        foreach (var order in unit.Orders)
        {
            lines.Add(await Inquiry.OfOrderAsync(settings, order, cancel));
            if (SilentAtEnd(lines))
            {
                break;
            }
        }

        return new Reading([], lines);
    }

    /// <summary>The API has no recall before execution; a reversal is a new movement, and the payee's to refuse.</summary>
    public Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<Order> orders, CancellationToken cancel) =>
        Task.FromResult(Reading.Nothing);

    public Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Document>>([]);

    /// <summary>Nobody signs a callback, and a failure's body does not even say of what: it is a reason to ask, and nothing more.</summary>
    public Result<Reading> Read(Connection connection, Document document) => Reading.Nothing;

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel) => Task.CompletedTask;

    public Result<Statement> ReadStatement(Connection connection, Document document) => OperatorStatement.Read(connection.Currency, document.Content);

    private static MobileMoneySettings Settings(Connection connection) => MobileMoneySettings.Of(connection).Match(
        settings => settings, refusal => throw new InvalidOperationException(refusal.Reason));

    private async Task<Reading> SubmitBatchAsync(
        MobileMoneySettings settings, Currency currency, Unit unit, List<Order> orders, CancellationToken cancel)
    {
        var body = OrderBody.Batch(settings, currency, unit, orders);
        var said = await _client.PostOnceAsync(settings, "/batchtransactions", body, CorrelationId.Of(unit.Reference), unit.CallbackToken, cancel);
        return IsDuplicate(said)
            ? await Inquiry.OfBatchAsync(settings, unit, cancel)
            : Reading.OfUnit(unit.Reference, OfPost(said, Batch, "batchStatus"), said["serverCorrelationId"]);
    }

    private async Task<Reading> SubmitSinglyAsync(
        MobileMoneySettings settings, Currency currency, Unit unit, List<Order> orders, CancellationToken cancel)
    {
        var lines = new List<Answer>();
        foreach (var order in orders)
        {
            if (SilentAtEnd(lines))
            {
                // Perhaps an earlier call for this unit has sent it: "not tried now" proves nothing.
                lines.Add(new Answer(order.Reference, Verdict.Unknown("NOT_TRIED")));
                continue;
            }

            var body = OrderBody.Single(settings, currency, unit, order);
            var said = await _client.PostOnceAsync(
                settings, "/transactions/type/disbursement", body, CorrelationId.Of(order.Reference), unit.CallbackToken, cancel);
            lines.Add(IsDuplicate(said)
                ? await Inquiry.OfOrderAsync(settings, order, cancel)
                : new Answer(order.Reference, OfPost(said, Transaction, "transactionStatus"), said["transactionReference", "serverCorrelationId"]));
        }

        return new Reading([], lines);
    }

    /// <summary>202 with the request's state, 201 with the object itself, 400 with an error that follows from the body; anything else says nothing.</summary>
    private static Verdict OfPost(Said said, string message, string statusName) => said switch
    {
        { IsGood: false, Status: 400, Fault: "" } => MobileMoneyStatusMap.Read(Refused, said["errorCode"]),
        { IsGood: false } => said.Unknown,
        _ when said[statusName] is { } status => MobileMoneyStatusMap.Read(message, status),
        _ => Inquiry.OfState(said),
    };

    private static bool IsDuplicate(Said said) =>
        said.Status is 400 or 409 && string.Equals(said["errorCode"], Duplicate, StringComparison.OrdinalIgnoreCase);

    private static bool SilentAtEnd(List<Answer> lines) =>
        lines.Count >= SilencesMax && lines.TakeLast(SilencesMax).All(line => line.Verdict.Code is "TIMEOUT" or "UNREACHABLE" or "NOT_TRIED");
}
