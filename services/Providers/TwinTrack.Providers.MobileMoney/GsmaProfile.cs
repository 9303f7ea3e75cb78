using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.MobileMoney.MobileMoneyStatusMap;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// The GSMA Mobile Money API 1.2: batches of disbursements in one or two steps, or one call per order.
/// </summary>
internal sealed class GsmaProfile() : OperatorProfile(
    new ProfileSheet(Name, ["apiKey"], CallsPerSecond: 500, CallsAtOnce: 16, PhoneForm.Plus, Enquires: true))
{
    public const string Name = "gsma";

    /// <summary>Pause between two status checks.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public override Result<Connection> Check(Connection connection) =>
        MobileMoneySettings.Of(connection).Then(_ => base.Check(connection));

    public override HttpMessageHandler Signed(Connection connection, TimeProvider clock, HttpMessageHandler wire) =>
        new GsmaHeaders(Settings(connection).ApiKey, clock) { InnerHandler = wire };

    public override Abilities AbilitiesOf(Connection connection, OperatorAddress address)
    {
        var settings = Settings(connection);
        return new Abilities(
            Wallets, AccountOnly, Recall: settings.Reversal, StatusQuery: true, Bulk: true, SafeToResend: true,
            Callback: address.CallbackBase is not null,
            UnitMax: settings.Single ? address.SingleUnitMax : settings.BatchMax);
    }

    public override async Task<Reading> SubmitAsync(OperatorCall call, Unit unit, CancellationToken cancel)
    {
        var client = Client(call);
        if (!client.Settings.Single)
        {
            return await SubmitBatchAsync(call, client, unit, cancel);
        }

        var lines =
            await Singly.EachAsync(call, unit.Orders, order => SubmitOneAsync(call, client, unit, order, cancel));
        return new Reading([], [.. lines, .. Singly.Untried(unit.Orders, lines)]);
    }

    public override async Task<Reading> AskAsync(OperatorCall call, Unit unit, CancellationToken cancel)
    {
        var client = Client(call);
        var inquiry = new GsmaInquiry(client);
        return client.Settings.Single
            ? new Reading(
                [], await Singly.EachAsync(call, Singly.Turned(unit.Orders, call.Clock),
                    order => inquiry.OfOrderAsync(order, cancel)))
            : await inquiry.OfBatchAsync(unit, cancel);
    }

    /// <summary>
    /// There is no recall before execution. If the contract has reversals, paid money is asked back. That is a new
    /// transaction, which the operator may refuse.
    /// </summary>
    public override async Task<Reading> RecallAsync(
        OperatorCall call, Unit unit, IReadOnlyList<PaymentOrder> orders, CancellationToken cancel)
    {
        var client = Client(call);
        if (!client.Settings.Reversal)
        {
            return Reading.Nothing;
        }

        var reading = await AskAsync(call, unit with { Orders = orders }, cancel);
        var paid = reading.Lines.Where(line => line.Verdict.Outcome == Outcome.Settled)
            .ToDictionary(line => line.Reference, line => line.ProviderReference);
        var reversal = new GsmaReversal(client);
        return new Reading([], await Singly.EachAsync(
            call, [.. orders.Where(order => paid.ContainsKey(order.Reference))],
            order => reversal.AskBackAsync(unit, order, paid[order.Reference], call.Clock, cancel)));
    }

    /// <summary>GET /heartbeat: serviceStatus available, degraded or unavailable.</summary>
    public override async Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel)
    {
        var client = Client(call);
        var answer = await client.AskAsync(client.Api.HeartbeatAsync, cancel);
        return answer.IsGood && !string.Equals(answer["serviceStatus"], "available", StringComparison.OrdinalIgnoreCase)
            ? OperatorAnswer.Nothing(
                "SERVICE_"
                    + (answer["serviceStatus"]?.ToUpperInvariant() is "DEGRADED" or "UNAVAILABLE"
                        ? answer["serviceStatus"]!.ToUpperInvariant() : "UNKNOWN"), answer.Status)
            : answer;
    }

    /// <summary>GET /accounts/msisdn/{number}/status and, if wanted, /accountname.</summary>
    public override async Task<string?> EnquireAsync(OperatorCall call, PaymentOrder order, CancellationToken cancel)
    {
        var (client, account) = (Client(call), order.Payee.Account!);
        var asked = await client.AskAsync(each => client.Api.AccountStatusAsync(account, each), cancel);
        var status = asked.IsGood ? asked["accountStatus"]?.ToUpperInvariant() : null;
        if (status is "UNREGISTERED" or "UNAVAILABLE")
        {
            return status == "UNREGISTERED" ? Enquiry.NotRegistered : Enquiry.NotAvailable;
        }

        if (Enquiry.Of(call.Connection) != EnquiryDepth.Name)
        {
            return null;
        }

        var person = await client.AskAsync(each => client.Api.AccountNameAsync(account, each), cancel);
        if (!person.IsGood || person.Body.Below("name") is not { ValueKind: JsonValueKind.Object } name)
        {
            return null;
        }

        var theirs =
            name.TextAt("fullName")
                ?? string.Join(' ', name.TextAt("firstName"), name.TextAt("middleName"), name.TextAt("lastName"));
        return Enquiry.CanBeOne(order.Payee.Name, theirs) ? null : Enquiry.OtherName;
    }

    private static GsmaClient Client(OperatorCall call) => new(call.OperatorConnection, Settings(call.Connection));

    private static MobileMoneySettings Settings(Connection connection) => MobileMoneySettings.Of(connection).Match(
        settings => settings, refusal => throw new InvalidOperationException(refusal.Reason));

    private static async Task<Reading> SubmitBatchAsync(
        OperatorCall call, GsmaClient client, Unit unit, CancellationToken cancel)
    {
        var begun = call.Clock.GetTimestamp();
        var body = OrderBody.Batch(client.Settings, call.Connection.Currency, unit, unit.Orders);
        var answer = await client.SendOnceAsync(
            client.Api.SendBatchOnceAsync, body, CorrelationId.Of(unit.Reference), unit.CallbackToken, cancel);
        var verdict = OfPost(answer, Batch, "batchStatus");
        if (client.Settings.TwoSteps && (verdict.Outcome == Outcome.Accepted || IsDuplicate(answer)))
        {
            return Reading.OfUnit(unit.Reference, await ApproveAsync(call, client, unit, begun, cancel),
                answer["serverCorrelationId"]);
        }

        return IsDuplicate(answer) ? await new GsmaInquiry(client).OfBatchAsync(unit, cancel)
            : Reading.OfUnit(unit.Reference, verdict, answer["serverCorrelationId"]);
    }

    /// <summary>
    /// The second step: after the operator has parsed the batch, PATCH its status. A batch that is not parsed in time
    /// stays unapproved and in doubt.
    /// </summary>
    private static async Task<Verdict> ApproveAsync(
        OperatorCall call, GsmaClient client, Unit unit, long begun, CancellationToken cancel)
    {
        var inquiry = new GsmaInquiry(client);
        while (call.Clock.GetElapsedTime(begun) < client.Budget)
        {
            var (batch, status) = await inquiry.BatchAsync(unit, cancel);
            if (batch is not null
                && !string.Equals(status["batchStatus"], "created", StringComparison.OrdinalIgnoreCase))
            {
                // It was approved before and the answer was lost, or it needs no approval.
                return MobileMoneyStatusMap.Read(Batch, status["batchStatus"]);
            }

            if (batch is not null)
            {
                var answer = await client.SendOnceAsync(
                    (body, headers, each) => client.Api.ApproveBatchOnceAsync(batch.Id, body, headers, each),
                    OrderBody.Approval(), CorrelationId.Of("approve:" + unit.Reference), unit.CallbackToken, cancel);
                return answer is { IsReadable: true, Status: 200 or 202 or 204 }
                    ? MobileMoneyStatusMap.Read(Batch, "approved") : answer.Unknown;
            }

            await Task.Delay(Look, call.Clock, cancel);
        }

        return Verdict.Unknown("NOT_APPROVED");
    }

    private static async Task<Answer> SubmitOneAsync(
        OperatorCall call, GsmaClient client, Unit unit, PaymentOrder order, CancellationToken cancel)
    {
        var body = OrderBody.Single(client.Settings, call.Connection.Currency, unit, order);
        var answer = await client.SendOnceAsync(
            client.Api.SendOrderOnceAsync, body, CorrelationId.Of(order.Reference), unit.CallbackToken, cancel);
        return IsDuplicate(answer)
            ? await new GsmaInquiry(client).OfOrderAsync(order, cancel)
            : new Answer(order.Reference, OfPost(answer, Transaction, "transactionStatus"),
                answer["transactionReference", "serverCorrelationId"]);
    }

    /// <summary>
    /// 202 carries the request's state, and 201 the object itself. 400 carries an error that follows from the body. Any
    /// other answer proves nothing.
    /// </summary>
    private static Verdict OfPost(OperatorAnswer answer, string message, string statusName) => answer switch
    {
        { IsGood: false, Status: 400, Fault: "" } => MobileMoneyStatusMap.Read(Refused, answer["errorCode"]),
        { IsGood: false } => answer.Unknown,
        _ when answer[statusName] is { } status => MobileMoneyStatusMap.Read(message, status),
        _ => GsmaInquiry.OfState(answer),
    };

    private static bool IsDuplicate(OperatorAnswer answer) =>
        answer.Status is 400 or 409
            && string.Equals(answer["errorCode"], Duplicate, StringComparison.OrdinalIgnoreCase);
}
