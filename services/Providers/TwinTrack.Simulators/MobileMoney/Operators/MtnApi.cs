using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney.Operators;

/// <summary>MTN MoMo Disbursement 1.0.</summary>
internal static class MtnApi
{
    private static readonly Dialect Speech = new(
        HttpMethod.Put, request => [Transfer(request, request.Paid)],
        (request, _) => Transfer(request, request.Paid != true));

    public static void Map(WebApplication site, SimulatorOptions options, MobileOperator mobileOperator,
        TimeProvider clock)
    {
        var tokens = new Tokens(options, clock);
        site.MapPost(
            "/disbursement/token/", (HttpContext http) =>
                tokens.Knows(http) && HasKey(http)
                    ? Results.Json(tokens.Issue()) : Results.Json(new { error = "login_failed" }, statusCode: 401));
        var api = site.MapGroup("/disbursement/v1_0").AddEndpointFilter(async (call, next) =>
            tokens.Takes(call.HttpContext) && HasKey(call.HttpContext)
                && call.HttpContext.Request.Headers.ContainsKey("X-Target-Environment")
                ? await next(call) : Results.StatusCode(401));
        api.MapPost("/transfer", (HttpContext http, JsonElement body) =>
        {
            var order = Wire.Order(
                Wire.Text(body, "externalId"), Wire.Text(body, "payerMessage"),
                "+" + Wire.Text(body, "payee", "partyId"), Wire.Text(body, "amount"), Wire.Text(body, "currency"));
            if (!Guid.TryParseExact(http.Request.Headers["X-Reference-Id"], "D", out var key) || key.Version != 4
                || order is null || Wire.Text(body, "payee", "partyIdType") != "MSISDN")
            {
                return Results.Json(new { code = "VALIDATION_ERROR", message = "The request is not valid." },
                    statusCode: 400);
            }

            var callback = http.Request.Headers["X-Callback-Url"].ToString();
            return mobileOperator.Accept(key.ToString("d"), single: true, callback.Length > 0 ? callback : null,
                [order], Speech) is null
                ? Results.Json(new { code = "RESOURCE_ALREADY_EXIST", message = "Duplicated reference id." },
                    statusCode: 409)
                : Results.StatusCode(202);
        });
        api.MapGet(
            "/transfer/{key}", (string key) =>
                mobileOperator.ByCorrelation(key, request => Transfer(request, request.Paid)) is { } transfer
            ? Results.Json(transfer)
            : Results.Json(new { code = "RESOURCE_NOT_FOUND", message = "Requested resource was not found." },
                statusCode: 404));
        api.MapGet("/account/balance", () => Results.Json(new { availableBalance = "1000000", currency = "EUR" }));
        api.MapGet("/accountholder/msisdn/{number}/active",
            (string number) => Results.Json(new { result = SimulatedTreatment.HasAccount(options, "+" + number) }));
    }

    private static bool HasKey(HttpContext http) => http.Request.Headers.ContainsKey("Ocp-Apim-Subscription-Key");

    private static Dictionary<string, object> Transfer(OperatorRequest request, bool? paid)
    {
        var order = request.Orders[0];
        var body = new Dictionary<string, object>
        {
            ["externalId"] = order.Reference,
            ["amount"] = order.Amount,
            ["currency"] = order.Currency,
            ["payee"] = new { partyIdType = "MSISDN", partyId = order.Msisdn[1..] },
            ["status"] = paid switch { true => "SUCCESSFUL", false => "FAILED", _ => "PENDING" },
        };
        if (paid == true)
        {
            body["financialTransactionId"] = request.ObjectId;
        }

        if (paid == false)
        {
            body["reason"] = "PAYEE_NOT_ALLOWED_TO_RECEIVE";
        }

        return body;
    }
}
