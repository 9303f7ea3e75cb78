using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney.Operators;

/// <summary>Safaricom Daraja B2C v3: every request is only acknowledged, and its result is called back.</summary>
internal static class DarajaApi
{
    private static readonly Dialect Speech = new(
        HttpMethod.Post, request => [Result(request, request.Paid == true)],
        (request, _) => Result(request, request.Paid != true));

    public static void Map(WebApplication site, SimulatorOptions options, MobileOperator mobileOperator,
        Callbacks callbacks, TimeProvider clock)
    {
        var tokens = new Tokens(options, clock);
        site.MapGet(
            "/oauth/v1/generate", (HttpContext http) =>
                tokens.Knows(http) ? Results.Json(tokens.Issue(secondsAsText: true)) : Results.StatusCode(400));
        var api = site.MapGroup("/mpesa").AddEndpointFilter(async (call, next) => tokens.Takes(call.HttpContext)
            ? await next(call)
            : Results.Json(new { requestId = "r", errorCode = "404.001.03", errorMessage = "Invalid Access Token" },
                statusCode: 401));
        api.MapPost("/b2c/v3/paymentrequest", (JsonElement body) =>
        {
            var order =
                Wire.Order(Wire.Text(body, "OriginatorConversationID"), Wire.Text(body, "Remarks"),
                    "+" + Wire.Text(body, "PartyB"), Wire.Text(body, "Amount"), "KES");
            if (order is null || Wire.Text(body, "SecurityCredential") is not { Length: > 0 }
                || Wire.Text(body, "ResultURL") is not { } url)
            {
                return Results.Json(new { requestId = "r", errorCode = "400.002.02", errorMessage = "Bad Request" },
                    statusCode: 400);
            }

            return mobileOperator.Accept(order.Reference, single: true, url, [order], Speech) is { } request
                ? Results.Json(Acknowledgement(request.StateId, order.Reference))
                : Results.Json(new
                {
                    requestId = "r",
                    errorCode = "500.002.1001",
                    errorMessage = "Duplicate OriginatorConversationID."
                }, statusCode: 500);
        });
        api.MapPost("/transactionstatus/v1/query", (JsonElement body) =>
        {
            if (Wire.Text(body, "OriginalConversationID") is not { } asked
                || Wire.Text(body, "ResultURL") is not { } url
                || Wire.Text(body, "CommandID") != "TransactionStatusQuery")
            {
                return Results.Json(new { requestId = "r", errorCode = "400.002.02", errorMessage = "Bad Request" },
                    statusCode: 400);
            }

            var occasion = Wire.Text(body, "Occasion") ?? "";
            mobileOperator.Later(
                cancel => callbacks.SendAsync(HttpMethod.Post, url, Status(mobileOperator, asked, occasion), cancel));
            return Results.Json(Acknowledgement("q-" + asked, "q-" + asked));
        });
    }

    private static object Acknowledgement(string conversation, string originator) =>
        new
        {
            ConversationID = conversation,
            OriginatorConversationID = originator,
            ResponseCode = "0",
            ResponseDescription = "Accept the service request successfully."
        };

    /// <summary>The result is not authenticated, and it does not name who asked.</summary>
    private static object Result(OperatorRequest request, bool paid) => new
    {
        Result = new
        {
            ResultType = 0,
            ResultCode = paid ? 0 : 2040,
            ResultDesc = paid ? "The service request is processed successfully."
                : "Credit Party customer type can't be supported by the service.",
            OriginatorConversationID = request.CorrelationId,
            ConversationID = request.StateId,
            TransactionID = request.ObjectId,
            ReferenceData = new { ReferenceItem = new { Key = "QueueTimeoutURL", Value = "" } },
        },
    };

    private static object Status(MobileOperator mobileOperator, string asked, string occasion)
    {
        var word = mobileOperator.ByCorrelation(asked, request => request.Paid switch
        {
            true => "Completed",
            false =>
            "Failed",
            _ => "Pending"
        });
        return new
        {
            Result = new
            {
                ResultType = 0,
                ResultCode = word is null ? "2033" : "0",
                ResultDesc = word is null ? "Transaction not found." : "The service request is processed successfully.",
                ResultParameters = new
                {
                    ResultParameter = new object[] { new { Key = "TransactionStatus",
                    Value = word }, new { Key = "ReceiptNo", Value = asked[..10] },
                    new { Key = "Amount", Value = 1 } }
                },
                ReferenceData = new { ReferenceItem = new { Key = "Occasion", Value = occasion } },
            },
        };
    }
}
