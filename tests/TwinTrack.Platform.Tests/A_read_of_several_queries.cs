using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Platform.Tests;

[Collection(ServerTests.Name)]
public sealed class A_read_of_several_queries(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sees_one_state_while_others_write(bool onPostgres)
    {
        await using var bakery = await BakeryHost.StartAsync(null, null,
            Copies.Settings(onPostgres ? await postgres.NewDatabaseAsync("one_state") : null, null));
        await BakeAsync(bakery, 1);

        var seen = await bakery.InDbAsync(db => db.ReadOneStateAsync(
            async () =>
            {
                var first = await db.Loaves.CountAsync();
                await BakeAsync(bakery, 2);
                return (First: first, Second: await db.Loaves.CountAsync());
            },
            CancellationToken.None));

        seen.Should().Be((1, 1));
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(2, "the writer did not wait for the reader");
    }

    private static Task<int> BakeAsync(BakeryHost bakery, long number) => bakery.InDbAsync(db =>
        db.InTransactionAsync(
            () =>
            {
                db.Loaves.Add(new Loaf
                {
                    Number = number,
                    For = HouseholdId.New(TimeProvider.System),
                    BakedAt = TimeProvider.System.GetUtcNow(),
                });
                return Task.FromResult(1);
            },
            CancellationToken.None));
}
