using System.Text.Json;

namespace TwinTrack.Simulators.MobileMoney.Operators;

/// <summary>Airtel Money disbursements v2: almost every answer is a 200, and its codes give the result.</summary>
internal static class AirtelApi
{
    private static readonly Dialect Speech = new(
        HttpMethod.Post, _ => [], (request, _) => Body(request, request.Paid != true));

    public static void Map(WebApplication site, SimulatorOptions options, MobileOperator mobileOperator,
        TimeProvider clock)
    {
        var tokens = new Tokens(options, clock);
        site.MapPost(
            "/auth/oauth2/token", (JsonElement body) =>
                tokens.Opens(Wire.Text(body, "client_secret")) && Wire.Text(body, "grant_type") == "client_credentials"
            ? Results.Json(tokens.Issue())
            : Results.Json(new { error = "invalid_client" }, statusCode: 401));
        var api = site.MapGroup("/standard").AddEndpointFilter(async (call, next) =>
            tokens.Takes(call.HttpContext) && call.HttpContext.Request.Headers.ContainsKey("X-Country")
                ? await next(call) : Results.StatusCode(401));
        api.MapPost("/v2/disbursements/", (HttpContext http, JsonElement body) =>
        {
            var order = Wire.Order(
                Wire.Text(body, "transaction", "id"), Wire.Text(body, "reference"), Wire.Text(body, "payee", "msisdn"),
                Wire.Text(body, "transaction", "amount"), http.Request.Headers["X-Currency"]);
            if (order is null || Wire.Text(body, "pin") is not { Length: > 0 }
                || !order.Reference.All(char.IsAsciiLetterOrDigit) || order.Reference.Length is < 5 or > 80)
            {
                return Results.Json(Code("DP00900001013", success: false));
            }

            return mobileOperator.Accept(order.Reference, single: true, callbackUrl: null, [order],
                Speech) is { } request
                ? Results.Json(Body(request, null))
                : Results.Json(Code("DP00900001011", success: false));
        });
        api.MapGet(
            "/v2/disbursements/{id}", (string id) =>
                mobileOperator.ByCorrelation(id, request => Body(request, request.Paid)) is { } body
            ? Results.Json(body)
            : Results.Json(Code("DP00900001099", success: false), statusCode: 404));
        api.MapGet(
            "/v1/users/{number}", (string number) => Results.Json(new
            {
                data = new { is_barred = !SimulatedTreatment.HasAccount(options, number) },
                status = new
                {
                    success = true,
                    code = "200"
                }
            }));
    }

    private static object Body(OperatorRequest request, bool? paid)
    {
        var (word, code) = paid switch
        {
            true => ("TS", "DP00900001001"),
            false => ("TF", "DP00900001012"),
            _ =>
            ("TIP", "DP00900001006")
        };
        return new
        {
            data = new
            {
                transaction = new
                {
                    id = request.Orders[0].Reference,
                    airtel_money_id = request.ObjectId,
                    status = word
                }
            },
            status = new { code = "200", response_code = code, success = paid != false },
        };
    }

    private static object Code(string code, bool success) =>
        new { status = new { code = "200", response_code = code, success } };
}
