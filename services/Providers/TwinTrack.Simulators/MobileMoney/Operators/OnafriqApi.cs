using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney.Operators;

/// <summary>
/// Onafriq's asynchronous hub: each order of a call is acknowledged on its own, and each has its webhook.
/// </summary>
internal static class OnafriqApi
{
    private static readonly Dialect Speech = new(
        HttpMethod.Post, request => [Webhook(request, request.Paid == true)],
        (request, _) => Webhook(request, request.Paid != true));

    public static void Map(WebApplication site, SimulatorOptions options, MobileOperator mobileOperator,
        TimeProvider clock)
    {
        var tokens = new Tokens(options, clock);
        site.MapPost("/hub/async/callService", (JsonElement body) =>
        {
            if (!tokens.Opens(Wire.Text(body, "password")) || !IsSigned(body)
                || !body.TryGetProperty("requestBody", out var rows) || rows.ValueKind != JsonValueKind.Array)
            {
                return Results.Json(new { message = "Unauthorized" }, statusCode: 401);
            }

            var results =
                rows.EnumerateArray().Select(
                    row => (Key: Wire.Text(row, "thirdPartyTransId"),
                        Code: Take(mobileOperator, row, Wire.Text(body, "callbackUrl")))).ToList();
            return Results.Json(new
            {
                totalTxSent = results.Count,
                noTxAccepted = results.Count(one => one.Code.Code == "100"),
                noTxRejected = results.Count(one => one.Code.Code != "100"),
                details = new
                {
                    transResponse = results.Select(
                    one => new
                    {
                        thirdPartyId = one.Key,
                        status = new
                        {
                            code = one.Code.Code,
                            message = one.Code.Message
                        }
                    })
                },
                timestamp = Wire.Instant(clock.GetUtcNow()),
            });
        });
        site.MapPost("/hub/async/get_trans_status", (JsonElement body) =>
            !tokens.Opens(Wire.Text(body, "password")) ? Results.Json(new { message = "Unauthorized" }, statusCode: 401)
            : mobileOperator.ByCorrelation(Wire.Text(body, "thirdPartyTransId") ?? "", Status) is { } status
                ? Results.Json(status)
            : Results.Json(new
            {
                thirdPartyTransId = Wire.Text(body, "thirdPartyTransId"),
                status = new { code = "MR199", message = "Unknown transaction" }
            }));
    }

    private static (string Code, string Message) Take(MobileOperator mobileOperator, JsonElement row, string? callback)
    {
        var order = Wire.Order(
            Wire.Text(row, "thirdPartyTransId"), Wire.Text(row, "reference"),
            "+" + Wire.Text(row, "recipient", "msisdn"), Wire.Text(row, "amount", "amount"),
            Wire.Text(row, "amount", "currencyCode"));
        // Only the text shows a copy. The code still says "accepted".
        return order is null ? ("101", "Rejected")
            : mobileOperator.Accept(order.Reference, single: true, callback, [order], Speech) is null
                ? ("100", "Transaction already exist with given ThirdParty")
            : ("100", "Accepted");
    }

    private static bool IsSigned(JsonElement body)
    {
        // The key that both sides share besides the password. Here it is the reversed password.
        var password = Wire.Text(body, "password") ?? "";
        var key = new string([.. password.Reverse()]);
        return Wire.Text(body, "mfsSign") == Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(password + Wire.Text(body, "batchId") + key)));
    }

    private static object Status(OperatorRequest request) => request.Paid is { } paid
        ? Webhook(request, paid)
        : new
        {
            thirdPartyTransId = request.CorrelationId,
            mfsTransId = request.ObjectId,
            status = new
            {
                code = "MR108",
                message = "Queued"
            }
        };

    private static object Webhook(OperatorRequest request, bool paid) => new
    {
        thirdPartyTransId = request.CorrelationId,
        mfsTransId = request.ObjectId,
        status = paid ? new { code = "MR101", message = "Success" }
            : new { code = "ER106", message = "Recipient cannot receive" },
    };
}
