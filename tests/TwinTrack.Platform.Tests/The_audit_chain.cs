using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class The_audit_chain
{
    [Fact]
    public async Task Links_each_entry_to_the_one_before_also_when_written_at_once()
    {
        await using var bakery = await BakeryHost.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RecordTwoAsync(bakery)));

        var entries = await bakery.InDbAsync(
            db => db.Audit.AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync());
        entries.Select(entry => entry.Sequence).Should().Equal(Enumerable.Range(1, 16).Select(number => (long)number));
        var previous = AuditTrail<BakeryDb>.Genesis;
        foreach (var entry in entries)
        {
            entry.PreviousHash.Should().Be(previous);
            entry.Hash.Should()
                .Be(AuditEntry.HashOf(entry.Sequence, entry.At, entry.Actor, entry.Action, entry.Subject, entry.Details,
                    previous));
            previous = entry.Hash;
        }
    }

    [Theory]
    [InlineData("amina@government", "approve", "bat_1", "{}", true)]
    [InlineData("amina@partner", "approve", "bat_1", "{}", false)]
    [InlineData("amina@government", "reject", "bat_1", "{}", false)]
    [InlineData("amina@government", "approve", "bat_2", "{}", false)]
    [InlineData("amina@government", "approve", "bat_1", "{\"a\":1}", false)]
    public void Changes_with_every_field(string actor, string action, string subject, string details, bool same)
    {
        var original =
            AuditEntry.HashOf(1, DateTimeOffset.UnixEpoch, "amina@government", "approve", "bat_1", "{}",
                AuditTrail<BakeryDb>.Genesis);

        (AuditEntry.HashOf(1, DateTimeOffset.UnixEpoch, actor, action, subject, details, AuditTrail<BakeryDb>.Genesis)
            == original).Should().Be(same);
    }

    [Fact]
    public async Task Names_details_in_camel_case_and_enums_by_name()
    {
        await using var bakery = await BakeryHost.StartAsync();

        await bakery.InDbAsync(async db =>
        {
            await db.InTransactionAsync(
                () => new AuditTrail<BakeryDb>(db, TimeProvider.System).RecordAsync(Actor.System, "one", "x",
                    new { Day = DayOfWeek.Friday, Loaves = new[] { new { SumMinor = 7 } } }, CancellationToken.None),
                CancellationToken.None);
            return true;
        });

        var entry = await bakery.InDbAsync(db => db.Audit.AsNoTracking().SingleAsync());
        entry.Details.Should().Be("""{"day":"Friday","loaves":[{"sumMinor":7}]}""");
    }

    [Fact]
    public async Task Goes_on_after_a_row_of_an_earlier_build_whose_keys_were_in_pascal_case()
    {
        await using var bakery = await BakeryHost.StartAsync();
        const string Details = """{"Loaves":7}""";
        var hash = AuditEntry.HashOf(1, DateTimeOffset.UnixEpoch, "system", "old", "x", Details,
            AuditTrail<BakeryDb>.Genesis);
        await bakery.InDbAsync(async db =>
        {
            db.Audit.Add(new AuditEntry
            {
                Sequence = 1,
                At = DateTimeOffset.UnixEpoch,
                Actor = "system",
                Action = "old",
                Subject = "x",
                Details = Details,
                PreviousHash = AuditTrail<BakeryDb>.Genesis,
                Hash = hash,
            });
            return await db.SaveChangesAsync();
        });

        await RecordTwoAsync(bakery);

        var entries = await bakery.InDbAsync(
            db => db.Audit.AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync());
        entries[0].Details.Should().Be(Details);
        entries[1].PreviousHash.Should().Be(hash);
    }

    private static Task RecordTwoAsync(BakeryHost bakery) => bakery.InDbAsync(async db =>
    {
        var audit = new AuditTrail<BakeryDb>(db, TimeProvider.System);
        await db.InTransactionAsync(
            async () =>
            {
                await audit.RecordAsync(Actor.System, "one", "x", new { }, CancellationToken.None);
                await audit.RecordAsync(Actor.System, "two", "x", new { }, CancellationToken.None);
            },
            CancellationToken.None);
        return true;
    });
}
