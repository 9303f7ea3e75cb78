using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>Our side of the wire: an adapter with its client, and orders to send.</summary>
public sealed class OurSide(TimeSpan? patience = null) : IDisposable
{
    private readonly HttpMessageHandler _wire = MobileMoneyAdapter.NoRedirects();

    public MobileMoneyAdapter Adapter => new(_wire, patience ?? TimeSpan.FromSeconds(20), TimeProvider.System);

    public static Connection Connection(Uri address, string currency = "KES",
        params (string Name, string Value)[] more) => new(
        "t1-momo",
        CurrencyOf(currency),
        new Dictionary<string, string>(more.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["baseUrl"] = address.ToString(),
            ["apiKey"] = "key-1",
        });

    public static Currency CurrencyOf(string code) =>
        Currency.Of(code).Match(known => known, refusal => throw new ArgumentException(refusal.Reason));

    /// <summary>The same number, the same orders.</summary>
    public static Unit Unit(int number, int orders = 1, long amountMinor = 15_050) => new(
        "U" + Hex(number).ToUpperInvariant(),
        new DateTimeOffset(2026, 3, 14, 8, 0, 0, TimeSpan.Zero),
        Invariant($"token-{number}"),
        [
            .. Enumerable.Range(1, orders).Select(at => new PaymentOrder(
                Hex((number * 10_000) + at), Hex((number * 10_000) + at + 5_000),
                new Payee(Invariant($"R{at}"), "Amina Example", "mobile", Invariant($"+2547{at:00000000}"), null, null),
                amountMinor, "KE01", "csg")),
        ]);

    public void Dispose() => _wire.Dispose();

    private static string Hex(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An operator on a real port that answers as the test says, and remembers what it was asked.</summary>
public sealed class ScriptedOperator : IAsyncDisposable
{
    private readonly WebApplication _site;

    private ScriptedOperator(WebApplication site) => _site = site;

    public ConcurrentQueue<string> Asked { get; } = [];

    public ConcurrentQueue<HeaderDictionary> Headers { get; } = [];

    public ConcurrentQueue<string> Bodies { get; } = [];

    public Uri Address => new(_site.Urls.First());

    /// <param name="answer">From "METHOD /path?query" to status and body.</param>
    public static Task<ScriptedOperator> StartAsync(Func<string, (int Status, string Body)> answer) =>
        StartAsync(async (http, asked) =>
    {
        var (status, body) = answer(asked);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body, http.RequestAborted);
    });

    public static async Task<ScriptedOperator> StartAsync(Func<HttpContext, string, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var scripted = new ScriptedOperator(builder.Build());
        scripted._site.Run(async http =>
        {
            var asked = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
            scripted.Asked.Enqueue(asked);
            // A copy: the server takes its own back when the request ends.
            scripted.Headers.Enqueue(new HeaderDictionary(http.Request.Headers.ToDictionary()));
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            scripted.Bodies.Enqueue(body);
            http.Items["body"] = body;
            await answer(http, asked);
        });
        await scripted._site.StartAsync();
        return scripted;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
