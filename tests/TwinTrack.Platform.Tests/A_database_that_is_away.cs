using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Platform.Tests;

[Collection(ServerTests.Name)]
public sealed class A_database_that_is_away(PostgresServer postgres)
{
    [Fact]
    public async Task Is_answered_with_503_and_everything_goes_on_when_it_is_back()
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, null, Copies.Settings(await postgres.NewDatabaseAsync("outage"), null));
        using var http = bakery.As(Role.Operator, Role.Auditor);
        await bakery.SendAsync(Copies.Orders(60));
        await bakery.InDbAsync(async db =>
        {
            await db.InTransactionAsync(
                () => db.StartJobAsync("count", "ten", TimeProvider.System.GetUtcNow(), CancellationToken.None),
                CancellationToken.None);
            return true;
        });
        await bakery.Until(async db => await db.Loaves.AnyAsync());

        await postgres.StopAsync();
        try
        {
            using var read = await http.GetAsync("/bakery/loaves");
            using var written = await OrderAsync(http, "in the dark");
            foreach (var answer in new[] { read, written })
            {
                answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
                answer.Headers.RetryAfter!.Delta.Should().BePositive();
                answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
                (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().Should()
                    .Be("urn:twintrack:fault:database.unavailable");
            }
        }
        finally
        {
            await postgres.StartAsync();
        }

        (await OrderAsync(http, "in the dark")).StatusCode.Should()
            .Be(HttpStatusCode.Accepted, "the same request with the same key is sent again");
        await bakery.Until(
            async db => await db.Outbox.CountAsync() == 0 && await db.Jobs.AllAsync(job => job.State == JobState.Done),
            TimeSpan.FromSeconds(90));
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(61);
        (await bakery.InDbAsync(db => db.Jobs.SingleAsync())).Done.Should().Be(10);
        (await bakery.InDbAsync(db => db.DeadLetters.CountAsync())).Should()
            .Be(0, "an outage is not the message's fault");
    }

    [Fact]
    public async Task Loses_races_with_409_at_worst_and_answers_one_key_once()
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, null, Copies.Settings(await postgres.NewDatabaseAsync("races"), null));
        using var http = bakery.As(Role.Operator, Role.Auditor);

        var same = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OrderAsync(http, "the same")));
        var others =
            await Task.WhenAll(
                Enumerable.Range(0, 12).Select(number => OrderAsync(http, Invariant($"another {number}"))));

        same.Select(answer => answer.StatusCode).Should()
            .OnlyContain(status => status == HttpStatusCode.Accepted || status == HttpStatusCode.Conflict)
            .And.Contain(HttpStatusCode.Accepted);
        others.Select(answer => answer.StatusCode).Should()
            .OnlyContain(status => status == HttpStatusCode.Accepted || status == HttpStatusCode.Conflict);
        var accepted = others.Count(answer => answer.StatusCode == HttpStatusCode.Accepted) + 1;
        (await bakery.InDbAsync(db => db.StoredAnswers.CountAsync())).Should().Be(accepted);
        (await bakery.InDbAsync(db => db.Audit.CountAsync())).Should().Be(accepted);
    }

    [Fact]
    public void Is_told_from_a_race_and_from_a_bug()
    {
        Postgres("57P01").IsOutage().Should().BeTrue("the server is going");
        Postgres("53300").IsOutage().Should().BeTrue("too many connections");
        Postgres("53100").IsOutage().Should().BeTrue("the disk is full");
        new InvalidOperationException("transient", new NpgsqlException("broken", new IOException())).IsOutage().Should()
            .BeTrue();
        Postgres("40001").IsRace().Should().BeTrue("serialization failure");
        Postgres("40P01").IsRace().Should().BeTrue("deadlock");
        Postgres("40P01").IsOutage().Should().BeFalse();
        new DbUpdateException("key", Postgres("23505")).IsRace().Should().BeTrue("unique violation");
        Postgres("42703").IsOutage().Should().BeFalse("an unknown column is a bug");
        new InvalidOperationException().IsOutage().Should().BeFalse();
        new OperationCanceledException("gone", Postgres("57014")).IsOutage().Should().BeFalse("the caller has hung up");
    }

    private static PostgresException Postgres(string state) => new("", "", "", state);

    private static async Task<HttpResponseMessage> OrderAsync(HttpClient http, string key)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/bakery/orders")
        { Content = JsonContent.Create(new BakeBread(key, 1)) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }
}
