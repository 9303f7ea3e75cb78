using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TwinTrack.Cli.Remote;
using TwinTrack.Clients;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>What a client does about an answer that speaks of the server and not of the request.</summary>
public sealed class A_way_in : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly Queue<(int Status, string? RetryAfter)> _answers = [];
    private readonly List<string> _keys = [];

    public A_way_in()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _host = builder.Build();
        _host.MapPost("/switches", AnswerAsync);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(StatusCodes.Status409Conflict)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task Sends_the_same_request_with_the_same_key_again_when_it_is_told_when(int status)
    {
        using var api = await OpenAsync((status, "0"), (status, "0"), (StatusCodes.Status200OK, null));

        await api.PostAsync("/switches", new { }, CancellationToken.None);

        _keys.Should().HaveCount(3);
        _keys.Distinct().Should().ContainSingle().Which.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Takes_a_conflict_that_names_no_time_for_an_answer()
    {
        using var api = await OpenAsync((StatusCodes.Status409Conflict, null));

        var sending = () => api.PostAsync("/switches", new { }, CancellationToken.None);

        (await sending.Should().ThrowAsync<ApiRefusal>()).Which.Status.Should().Be(HttpStatusCode.Conflict);
        _keys.Should().ContainSingle();
    }

    private async Task<Api> OpenAsync(params (int Status, string? RetryAfter)[] answers)
    {
        Array.ForEach(answers, _answers.Enqueue);
        await _host.StartAsync();
        return new Api(new Uri(_host.Urls.Single()), token: null, TimeSpan.FromSeconds(90));
    }

    private Task AnswerAsync(HttpContext http)
    {
        _keys.Add(http.Request.Headers["Idempotency-Key"].ToString());
        var (status, retryAfter) = _answers.Dequeue();
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = retryAfter;
        return http.Response.WriteAsync("{}");
    }
}
