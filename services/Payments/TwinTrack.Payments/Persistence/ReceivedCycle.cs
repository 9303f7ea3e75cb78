using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>
/// A cycle as it arrives: the declared totals and the received chunks. The declaration may come before the last chunk.
/// </summary>
internal sealed class ReceivedCycle
{
    public required CycleId Id { get; init; }

    public CycleState State { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    public int ChunksArrived { get; set; }

    public long CountArrived { get; set; }

    public long SumArrivedMinor { get; set; }

    /// <summary>Null until the cycle is declared closed, like the next seven properties.</summary>
    public string? Programme { get; set; }

    public string? Period { get; set; }

    public string? Currency { get; set; }

    public int? ChunksExpected { get; set; }

    public long? CountExpected { get; set; }

    public long? SumExpectedMinor { get; set; }

    public string? HashExpected { get; set; }

    public string? ClosedBy { get; set; }
}

/// <summary>A stored chunk. Each chunk is stored once.</summary>
internal sealed class ReceivedCycleChunk
{
    public required CycleId CycleId { get; init; }

    public required int Chunk { get; init; }
}

internal static class ReceivedCycleQuery
{
    /// <summary>The cycle; noted when the first message of it comes.</summary>
    internal static async Task<ReceivedCycle> TakeCycleAsync(this PaymentsDb db, CycleId id, CancellationToken cancel)
    {
        if (await db.ReceivedCycles.FindAsync([id], cancel) is { } known)
        {
            return known;
        }

        var cycle = new ReceivedCycle { Id = id };
        db.ReceivedCycles.Add(cycle);
        await db.SaveChangesAsync(cancel);
        return cycle;
    }
}

internal sealed class ReceivedCycleConfiguration : IEntityTypeConfiguration<ReceivedCycle>
{
    public void Configure(EntityTypeBuilder<ReceivedCycle> builder)
    {
        builder.ToTable("received_cycles").HasKey(cycle => cycle.Id);
        builder.Property(cycle => cycle.Id).ValueGeneratedNever();
    }
}

internal sealed class ReceivedCycleChunkConfiguration : IEntityTypeConfiguration<ReceivedCycleChunk>
{
    public void Configure(EntityTypeBuilder<ReceivedCycleChunk> builder)
    {
        builder.ToTable("cycle_chunks").HasKey(chunk => new { chunk.CycleId, chunk.Chunk });
        builder.Property(chunk => chunk.Chunk).ValueGeneratedNever();
    }
}
