using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Sample;

// <answer>
/// <summary>One answer of the switch, or its silence.</summary>
/// <param name="Status">The HTTP status; 0 for silence.</param>
/// <param name="Reference">Our reference, as the switch repeats it.</param>
/// <param name="Word">The switch's word for the payment's state.</param>
internal sealed record SwitchAnswer(int Status, string? Reference, string? Word, string? Reason,
    string? SwitchReference)
{
    public static readonly SwitchAnswer Silence = new(0, null, null, null, null);

    /// <summary>What the answer says of this order. An answer about another order says nothing.</summary>
    public Answer About(PaymentOrder order, string message, params int[] trusted) =>
        trusted.Contains(Status) && Reference == order.Reference
            ? new Answer(order.Reference, Read(message), SwitchReference)
            : new Answer(order.Reference, Verdict.Unknown(Status == 0 ? "NO_ANSWER" : Invariant($"HTTP_{Status}")));

    private Verdict Read(string message) =>
        Reason is not null && SwitchStatusMap.Table.Lists(message, $"{Word}/{Reason}")
            ? SwitchStatusMap.Table.Read(message, $"{Word}/{Reason}")
            : SwitchStatusMap.Table.Read(message, Word);
}
// </answer>

// <client>
/// <summary>Calls the switch. A call that is not answered, or not in JSON, is silence.</summary>
internal sealed class SwitchClient(HttpClient http, Connection connection, SwitchSettings settings)
{
    private sealed record Body(string? Reference, string? Status, string? Reason, string? SwitchReference);

    public Task<SwitchAnswer> SubmitAsync(PaymentOrder order, string callbackToken, CancellationToken cancel) =>
        CallAsync(
        HttpMethod.Post,
        "v1/payments",
        JsonContent.Create(new
        {
            reference = order.Reference,
            endToEnd = order.EndToEnd,
            amount = connection.Currency.Format(order.AmountMinor),
            currency = connection.Currency.Code,
            creditorName = order.Payee.Name,
            creditorAccount = order.Payee.Account,
            callbackUrl = settings.CallbackBase is { } callback ? $"{callback}/{callbackToken}" : null,
        }),
        cancel);

    public Task<SwitchAnswer> QueryAsync(PaymentOrder order, CancellationToken cancel) =>
        CallAsync(HttpMethod.Get, $"v1/payments/{order.Reference}", null, cancel);

    public Task<SwitchAnswer> EchoAsync(CancellationToken cancel) =>
        CallAsync(HttpMethod.Get, "v1/echo", null, cancel);

    private async Task<SwitchAnswer> CallAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        try
        {
            using var response = await http.SendAsync(request, cancel);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadFromJsonAsync<Body>(cancel);
            return new SwitchAnswer(status, body?.Reference, body?.Status, body?.Reason, body?.SwitchReference);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException
            || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return SwitchAnswer.Silence;
        }
    }
}
// </client>
