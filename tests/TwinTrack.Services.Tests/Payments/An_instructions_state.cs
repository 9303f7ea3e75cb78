using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>What its only writer refuses, whoever calls it.</summary>
public sealed class An_instructions_state
{
    private static readonly InstructionState[] None = [];

    [Fact]
    public async Task Is_not_written_where_it_is_not_the_one_that_was_read()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("settled", "A", "ACSC", orders[1].InstructionId);
        var stale = (await ReadAsync(payments)).ConvertAll(row =>
            Change(row, InstructionState.Released).Enter(InstructionState.Withdrawn, row.AmountMinor, default));

        var write = () => WriteAsync(payments, async (_, states) =>
        {
            await states.ReportAsync_NeedsTransaction(stale, [], CancellationToken.None);
            return true;
        });

        await write.Should().ThrowAsync<InvalidOperationException>();
        (await ReadAsync(payments)).Select(row => row.State).Should()
            .BeEquivalentTo([InstructionState.Released, InstructionState.Settled]);
        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(2);
        (await payments.Host.SentAsync<PaymentsDb, InstructionStatesChanged>()).SelectMany(one => one.Rows)
            .Should().NotContain(row => row.To == "withdrawn");
    }

    [Fact]
    public async Task Is_not_given_up_when_it_is_in_doubt_no_more()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);
        var stale = (await ReadAsync(payments)).ConvertAll(row =>
            Change(row, InstructionState.InDoubt).Enter(InstructionState.Abandoned, row.AmountMinor, default));

        (await WriteAsync(
            payments, (_, states) => states.AbandonAsync_NeedsTransaction(stale, CancellationToken.None))).Should()
            .BeFalse();
        (await ReadAsync(payments)).Should().OnlyContain(row => row.State == InstructionState.Settled);
    }

    [Fact]
    public async Task Is_not_dropped_once_it_is_released()
    {
        await using var payments = await PaymentsHost.StartAsync();
        await payments.ReleasedAsync(2);

        await WriteAsync(payments, async (db, states) =>
        {
            await states.DropAsync_NeedsTransaction(db.Instructions, CancellationToken.None);
            return true;
        });
        (await ReadAsync(payments)).Should().OnlyContain(row => row.State == InstructionState.Released);
    }

    [Theory]
    [InlineData(InstructionState.InDoubt, InstructionState.Sent)]
    [InlineData(InstructionState.Sent, InstructionState.Abandoned)]
    [InlineData(InstructionState.Settled, InstructionState.Rejected)]
    [InlineData(InstructionState.Withdrawn, InstructionState.Released)]
    public void Is_not_entered_without_an_arrow(InstructionState from, InstructionState to)
    {
        var change = new InstructionChange(default, default, default, "", 1, "", from, 1);

        var enter = () => change.Enter(to, 1, default);

        enter.Should().Throw<InvalidOperationException>();
        change.Steps.Should().BeEmpty();
    }

    private static InstructionChange Change(Instruction row, InstructionState read) =>
        new(row.Id, row.ObligationId, row.BatchId, row.Channel!, row.Track, "treasury", read, row.Version);

    private static Task<List<Instruction>> ReadAsync(PaymentsHost payments) =>
        payments.Host.QueryAsync<PaymentsDb, List<Instruction>>(
            db => db.Instructions.AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    private static async Task<T> WriteAsync<T>(
        PaymentsHost payments, Func<PaymentsDb, InstructionStateWriter, Task<T>> write)
    {
        await using var scope = payments.Host.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        var states = scope.ServiceProvider.GetRequiredService<InstructionStateWriter>();
        return await db.InTransactionAsync(() => write(db, states), CancellationToken.None);
    }
}
