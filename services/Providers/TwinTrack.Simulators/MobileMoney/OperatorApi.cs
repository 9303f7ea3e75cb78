using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>The endpoints of the GSMA Mobile Money API 1.2 that a disburser uses.</summary>
internal static class OperatorApi
{
    private const int BodyMaxBytes = 16 * 1024 * 1024;
    private const int PageSize = 50;
    private const int PageMax = 1_000;

    private static readonly Dialect Gsma = new(HttpMethod.Put, request => [Ending(request)], OppositeEnding);

    public static void Map(WebApplication site, SimulatorOptions options, MobileOperator mobileOperator,
        TimeProvider clock)
    {
        var api = site.MapGroup("").AddEndpointFilter(async (call, next) => Knows(options, call.HttpContext)
            ? await next(call)
            : Error(StatusCodes.Status401Unauthorized, "authorisation", "clientAuthorisationError", clock));
        api.MapPost(
            "/batchtransactions", (HttpContext http, CancellationToken cancel) =>
                PostAsync(http, mobileOperator, single: false, clock, cancel))
            .WithMetadata(new RequestSizeLimitAttribute(BodyMaxBytes));
        api.MapPost("/transactions/type/disbursement",
            (HttpContext http, CancellationToken cancel) =>
                PostAsync(http, mobileOperator, single: true, clock, cancel))
            .WithMetadata(new RequestSizeLimitAttribute(BodyMaxBytes));
        api.MapGet("/heartbeat", () => Results.Json(new { serviceStatus = "available" }));
        api.MapGet("/accounts/msisdn/{number}/status",
            (string number) => Results.Json(new
            {
                accountStatus = SimulatedTreatment.HasAccount(options, number) ? "available" : "unregistered"
            }));
        api.MapPatch("/batchtransactions/{id}",
            (string id, JsonElement patch) => Approves(patch) && mobileOperator.Approve(id)
            ? Results.NoContent()
            : Error(StatusCodes.Status400BadRequest, "businessRule", "incorrectState", clock));
        api.MapPost("/transactions/{id}/reversals",
            (HttpContext http, string id) =>
                mobileOperator.Reverse(http.Request.Headers["X-CorrelationID"].ToString(), id) is { } reversal
            ? Results.Json(ReversalBody(reversal), statusCode: StatusCodes.Status201Created)
            : Error(StatusCodes.Status400BadRequest, "businessRule", "duplicateRequest", clock));
        api.MapGet("/responses/{id}", (string id) => Found(
            mobileOperator.Reversal(
                (correlation, _) => string.Equals(correlation, id, StringComparison.OrdinalIgnoreCase)) is { } reversal
                ? new { link = $"/transactions/{reversal.Id}" }
                : mobileOperator.ByCorrelation(id, Link),
            clock));
        api.MapGet(
            "/requeststates/{id}", (string id) =>
                Found(mobileOperator.ByState(id, request => State(request, clock.GetUtcNow())), clock));
        api.MapGet("/batchtransactions/{id}",
            (string id) =>
                Found(mobileOperator.ByObject(id, request => request.Single ? null : Ending(request)), clock));
        api.MapGet(
            "/transactions/{id}", (string id) =>
                Found(mobileOperator.Reversal((_, one) => one.Id == id) is { } reversal ? ReversalBody(reversal)
                    : mobileOperator.ByObject(id, request => request.Single ? Ending(request) : null), clock));
        api.MapGet("/batchtransactions/{id}/completions", (HttpContext http, string id, int? limit, int? offset) =>
            Page(http, mobileOperator.ByObject(id, Completions), limit, offset, clock));
        api.MapGet("/batchtransactions/{id}/rejections", (HttpContext http, string id, int? limit, int? offset) =>
            Page(http, mobileOperator.ByObject(id, Rejections), limit, offset, clock));
        site.MapPost("/settle-late", () =>
        {
            mobileOperator.SettleLate();
            return Results.NoContent();
        });
    }

    /// <summary>The body of a callback for a finished request: the batch, the transaction, or the error.</summary>
    public static object Ending(OperatorRequest request) => request switch
    {
        { Single: true, Rejections: [var (_, reason, at), ..] } => ErrorBody("businessRule", reason, at),
        { Single: true } => Transaction(request, request.Completions.Count > 0 ? "completed" : "pending"),
        _ => new
        {
            batchId = request.ObjectId,
            batchStatus = request.AwaitsApproval ? "created" : request.DoneAt is null ? "approved" : "completed",
            approvalDate = Instant(request.DoneAt ?? DateTimeOffset.UnixEpoch),
            completionDate = Instant(request.DoneAt ?? DateTimeOffset.UnixEpoch),
            parsingSuccessCount = request.Orders.Count(order => order.Refusal is null),
            completedCount = request.Completions.Count,
            rejectionCount = request.Rejections.Count,
        },
    };

    /// <summary>A callback that says the opposite of what happened. Real operators sometimes send one.</summary>
    public static object OppositeEnding(OperatorRequest request, DateTimeOffset at) =>
        request.Completions.Count > 0 ? ErrorBody("internal", "genericError", at) : Transaction(request, "completed");

    private static async Task<IResult> PostAsync(
        HttpContext http, MobileOperator mobileOperator, bool single, TimeProvider clock, CancellationToken cancel)
    {
        var correlationId = http.Request.Headers["X-CorrelationID"].ToString();
        if (!Guid.TryParseExact(correlationId, "D", out _))
        {
            return Error(StatusCodes.Status400BadRequest, "validation", "formatError", clock);
        }

        JsonDocument json;
        try
        {
            json = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = 16 }, cancel);
        }
        catch (JsonException)
        {
            return Error(StatusCodes.Status400BadRequest, "validation", "formatError", clock);
        }

        using (json)
        {
            var body = json.RootElement.Clone();
            var (orders, refusal) = single ? OrderReader.Single(body) : OrderReader.Batch(body);
            if (refusal is not null)
            {
                return Error(StatusCodes.Status400BadRequest, "validation", refusal, clock);
            }

            var callback = http.Request.Headers["X-Callback-URL"].ToString();
            var request = mobileOperator.Accept(
                correlationId, single, Uri.IsWellFormedUriString(callback, UriKind.Absolute) ? callback : null, orders,
                Gsma);
            return request is null
                ? Error(StatusCodes.Status400BadRequest, "businessRule", "duplicateRequest", clock)
                : Results.Json(Pending(request), statusCode: StatusCodes.Status202Accepted);
        }
    }

    private static bool Approves(JsonElement patch) =>
        patch is { ValueKind: JsonValueKind.Array } && patch.GetArrayLength() == 1
            && patch[0] is { ValueKind: JsonValueKind.Object } one
        && one.TryGetProperty("op", out var op) && op.ValueEquals("replace") && one.TryGetProperty("path", out var path)
        && path.ValueEquals("/batchStatus")
        && one.TryGetProperty("value", out var value) && value.ValueEquals("approved");

    private static object ReversalBody((string Id, Disbursement Order) reversal) => new
    {
        transactionReference = reversal.Id,
        type = "reversal",
        transactionStatus = "completed",
        amount = reversal.Order.Amount,
        currency = reversal.Order.Currency,
        creditParty = reversal.Order.DebitParty,
        debitParty = Party(reversal.Order),
    };

    private static bool Knows(SimulatorOptions options, HttpContext http) =>
        options.ApiKey is null || http.Request.Headers["X-API-Key"] == options.ApiKey;

    private static object Link(OperatorRequest request) => new
    {
        link = !(request.HasEnded || request.AwaitsApproval) || request is { Single: true, Rejections.Count: > 0 }
            ? $"/requeststates/{request.StateId}"
            : request.Single ? $"/transactions/{request.ObjectId}"
            : $"/batchtransactions/{request.ObjectId}",
    };

    private static object State(OperatorRequest request, DateTimeOffset at) => request switch
    {
        { HasEnded: false, AwaitsApproval: false } => Pending(request),
        { Single: true, Rejections: [var (_, reason, _), ..] } => new
        {
            serverCorrelationId = request.StateId,
            status = "failed",
            notificationMethod = Method(request),
            error = ErrorBody("businessRule", reason, at),
        },
        _ => new
        {
            serverCorrelationId = request.StateId,
            status = "completed",
            notificationMethod = Method(request),
            objectReference = request.ObjectId
        },
    };

    private static object Pending(OperatorRequest request) =>
        new
        {
            serverCorrelationId = request.StateId,
            status = "pending",
            notificationMethod = Method(request),
            pendingReason = "queued"
        };

    private static string Method(OperatorRequest request) => request.CallbackUrl is null ? "polling" : "callback";

    private static object Transaction(OperatorRequest request, string status)
    {
        var order = request.Orders[0];
        return new
        {
            transactionReference = request.ObjectId,
            requestingOrganisationTransactionReference = order.Reference,
            type = "disbursement",
            transactionStatus = status,
            amount = order.Amount,
            currency = order.Currency,
            creditParty = Party(order),
            debitParty = order.DebitParty,
        };
    }

    private static object[] Completions(OperatorRequest request) =>
    [
        .. request.Completions.Select(row => new
        {
            transactionReference = row.TransactionReference,
            requestingOrganisationTransactionReference = row.Order.Reference,
            creditParty = Party(row.Order),
            debitParty = row.Order.DebitParty,
            completionDate = Instant(row.At),
            link = $"/transactions/{row.TransactionReference}",
        }),
    ];

    private static object[] Rejections(OperatorRequest request) =>
    [
        .. request.Rejections.Select(row => new
        {
            requestingOrganisationTransactionReference = row.Order.Reference,
            creditParty = Party(row.Order),
            debitParty = row.Order.DebitParty,
            rejectionReason = row.Reason,
            rejectionDate = Instant(row.At),
        }),
    ];

    private static object[] Party(Disbursement order) => [new { key = "msisdn", value = order.Msisdn }];

    private static IResult Page(HttpContext http, object[]? rows, int? limit, int? offset, TimeProvider clock)
    {
        if (rows is null)
        {
            return Found(null, clock);
        }

        var page = rows.Skip(Math.Max(offset ?? 0, 0)).Take(Math.Clamp(limit ?? PageSize, 1, PageMax)).ToArray();
        http.Response.Headers["X-Records-Available-Count"] = rows.Length.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Records-Returned-Count"] = page.Length.ToString(CultureInfo.InvariantCulture);
        return Results.Json(page);
    }

    private static IResult Found(object? thing, TimeProvider clock) =>
        thing is null ? Error(StatusCodes.Status404NotFound, "identification", "identifierError", clock)
            : Results.Json(thing);

    private static IResult Error(int status, string category, string code, TimeProvider clock) =>
        Results.Json(ErrorBody(category, code, clock.GetUtcNow()), statusCode: status);

    private static object ErrorBody(string category, string code, DateTimeOffset at) =>
        new { errorCategory = category, errorCode = code, errorDateTime = Instant(at) };

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
