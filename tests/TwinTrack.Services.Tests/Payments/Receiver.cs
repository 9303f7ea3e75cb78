using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>A ministry's system, which takes events, or does not.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    internal sealed record Call(string Id, string Timestamp, string Signature, string Body);

    public ConcurrentQueue<Call> Calls { get; } = new();

    /// <summary>What it answers from now on.</summary>
    public volatile int Status = StatusCodes.Status204NoContent;

    public string Address => _app.Urls.Single() + "/hook";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public Task<Call[]> UntilCalledAsync(int times) =>
        TestHost.Until(() => Task.FromResult(Calls.ToArray()), calls => calls.Length >= times);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        Calls.Enqueue(
            new Call(headers[StandardWebhooks.IdHeader].ToString(),
                headers[StandardWebhooks.TimestampHeader].ToString(),
                headers[StandardWebhooks.SignatureHeader].ToString(), await reader.ReadToEndAsync()));
        http.Response.StatusCode = Status;
        if (Status == StatusCodes.Status302Found)
        {
            http.Response.Headers.Location = "/elsewhere";
        }
    }
}
