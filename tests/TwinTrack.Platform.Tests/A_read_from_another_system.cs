using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Tests;

public sealed class A_read_from_another_system
{
    [Fact]
    public async Task Is_tried_again_until_it_is_answered()
    {
        var peer = new Peer(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);

        (await AskAsync(peer, HttpMethod.Get)).Should().Be(HttpStatusCode.OK);

        peer.Calls.Should().Be(3);
    }

    [Fact]
    public async Task Is_given_up_after_three_tries()
    {
        var peer = new Peer(Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 9).ToArray());

        (await AskAsync(peer, HttpMethod.Get)).Should().Be(HttpStatusCode.ServiceUnavailable);

        peer.Calls.Should().Be(3);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Is_the_only_request_that_is_sent_twice(string method)
    {
        var peer = new Peer(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

        (await AskAsync(peer, new HttpMethod(method))).Should().Be(HttpStatusCode.ServiceUnavailable);

        peer.Calls.Should().Be(1);
    }

    private static async Task<HttpStatusCode> AskAsync(Peer peer, HttpMethod method)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("peer").AddReadRetries().ConfigurePrimaryHttpMessageHandler(() => peer);
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("peer");
        using var request = new HttpRequestMessage(method, "http://peer.example/");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private sealed class Peer(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(answers[Calls++]));
    }
}
