using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class A_request : IAsyncLifetime
{
    private BakeryHost _bakery = null!;

    public async ValueTask InitializeAsync() => _bakery = await BakeryHost.StartAsync();

    public async ValueTask DisposeAsync() => await _bakery.DisposeAsync();

    [Fact]
    public async Task With_the_same_key_twice_has_one_effect_and_one_answer()
    {
        var first = await OrderAsync("k1", loaves: 3);
        var again = await OrderAsync("k1", loaves: 3);

        first.StatusCode.Should().Be(HttpStatusCode.Accepted);
        again.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await again.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        again.Headers.Location.Should().Be(first.Headers.Location);
        await _bakery.Until(async db => await db.Loaves.CountAsync() == 3 && await db.Outbox.CountAsync() == 0);
        (await _bakery.InDbAsync(db => db.Audit.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task Ten_times_at_once_with_one_key_has_one_effect()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => OrderAsync("k2", loaves: 2)));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.Accepted);
        await _bakery.Until(async db => await db.Loaves.CountAsync() >= 2 && await db.Outbox.CountAsync() == 0);
        (await _bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(2);
    }

    [Fact]
    public async Task With_a_used_key_and_another_body_is_refused()
    {
        await OrderAsync("k3", loaves: 1);

        var other = await OrderAsync("k3", loaves: 2);

        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TypeOf(other)).Should().Be("urn:twintrack:refusal:request.idempotency_key_reused");
    }

    [Fact]
    public async Task Without_a_key_is_refused()
    {
        using var http = _bakery.As(Role.Operator);

        var answer = await http.PostAsJsonAsync("/bakery/orders", new BakeBread("o", 1));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TypeOf(answer)).Should().Be("urn:twintrack:refusal:request.no_idempotency_key");
    }

    [Fact]
    public async Task That_is_refused_leaves_nothing_behind_and_may_succeed_later()
    {
        (await OrderAsync("k4", loaves: 0)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);

        (await OrderAsync("k4", loaves: 1)).StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await _bakery.InDbAsync(db => db.Audit.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task Without_a_token_or_the_role_is_turned_away()
    {
        using var nobody = new HttpClient { BaseAddress = new Uri(_bakery.App.Urls.Single()) };
        using var auditor = _bakery.As(Role.Auditor);

        (await nobody.GetAsync(new Uri("/bakery/loaves", UriKind.Relative))).StatusCode.Should()
            .Be(HttpStatusCode.Unauthorized);
        (await auditor.PostAsJsonAsync("/bakery/orders", new BakeBread("o", 1))).StatusCode.Should()
            .Be(HttpStatusCode.Forbidden);
        (await auditor.GetAsync(new Uri("/bakery/loaves", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{ \"order\": \"o\", \"loaves\": \"many\" }")]
    [InlineData("{ \"order\": \"o\", \"loaves\": 1, \"amountMinor\": 5 }")]
    [InlineData("not json")]
    public async Task That_cannot_be_read_is_the_callers_fault(string body)
    {
        using var http = _bakery.As(Role.Operator);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/bakery/orders")
        { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("Idempotency-Key", "bad");

        (await http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private async Task<HttpResponseMessage> OrderAsync(string key, int loaves)
    {
        using var http = _bakery.As(Role.Operator);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/bakery/orders")
        { Content = JsonContent.Create(new BakeBread("ord-1", loaves)) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    private static async Task<string?> TypeOf(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();
}
