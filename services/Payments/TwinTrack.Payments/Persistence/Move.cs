using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>Payments' part in a switch of track.</summary>
internal sealed class Move
{
    public required SwitchId Id { get; init; }

    public MoveState State { get; set; }

    public required CycleId CycleId { get; init; }

    public required string Programme { get; init; }

    /// <summary>P-codes as a JSON array; empty means all.</summary>
    public required string Areas { get; init; }

    /// <summary>The channels that the switch leaves, as a JSON array.</summary>
    public required string Channels { get; init; }

    /// <summary>The list that was voted on.</summary>
    public required string ListHash { get; set; }

    /// <summary>Whose votes carry it.</summary>
    public required string Decision { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who comes first: the start of a move, or a report of what was withdrawn for it.</summary>
    internal static string LockNameOf(SwitchId id) => $"move.{id}";

    public string[] AreaList() => JsonSerializer.Deserialize<string[]>(Areas)!;

    public string[] ChannelList() => JsonSerializer.Deserialize<string[]>(Channels)!;

    public bool Covers(string area) => AreaList() is var areas && (areas.Length == 0 || areas.Contains(area));
}

internal static class MoveQuery
{
    /// <summary>All moves of a cycle, oldest first.</summary>
    internal static Task<List<Move>> MovesOfAsync(this PaymentsDb db, CycleId cycle, CancellationToken cancel) =>
        db.Moves.AsNoTracking().Where(move => move.CycleId == cycle).OrderBy(move => move.Id).ToListAsync(cancel);

    /// <summary>What the active moves of a cycle cover.</summary>
    internal static async Task<List<MoveCoverage>> ReachAsync(
        this PaymentsDb db, CycleId cycle, CancellationToken cancel) => ReachOf(await db.MovesOfAsync(cycle, cancel));

    /// <param name="known">All moves of the cycle, oldest first.</param>
    internal static List<MoveCoverage> ReachOf(List<Move> known) =>
        known.FindAll(move => move.State == MoveState.Active).ConvertAll(move => new MoveCoverage(
            move.AreaList().ToHashSet(),
            move.ChannelList().ToHashSet(),
            known.SkipWhile(one => one.Id != move.Id).Select(one => one.Id).ToHashSet()));
}

internal sealed class MoveConfiguration : IEntityTypeConfiguration<Move>
{
    public void Configure(EntityTypeBuilder<Move> builder)
    {
        builder.ToTable("moves").HasKey(move => move.Id);
        builder.Property(move => move.Id).ValueGeneratedNever();
        builder.HasIndex(move => move.CycleId);
    }
}
