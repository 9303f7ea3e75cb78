using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

internal sealed class SwitchConfiguration : IEntityTypeConfiguration<Switch>
{
    public void Configure(EntityTypeBuilder<Switch> builder)
    {
        builder.ToTable("switches");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.CountNumber).HasColumnName("asked");
        builder.Property(row => row.CountPurpose).HasColumnName("asked_for");
        builder.Property(row => row.CommandsSentAt).HasColumnName("ordered_at");
        builder.Property(row => row.ProgressCount).HasColumnName("progress_asked");
        builder.Property(row => row.Areas).AsJson();
        builder.Property(row => row.FromChannels).AsJson();
        builder.Property(row => row.Quorum).AsJson();
        builder.Property(row => row.Rehearsal).AsJson();
        builder.Property(row => row.Governance).AsJson();
        builder.Ignore(row => row.Scope);
        builder.Ignore(row => row.Overlay);
        builder.HasIndex(row => new { row.Programme, row.CycleId });
        builder.HasMany(row => row.Steps).WithOne().HasForeignKey(step => step.SwitchId);
        builder.HasMany(row => row.Votes).WithOne().HasForeignKey(vote => vote.SwitchId);
        builder.HasMany(row => row.Channels).WithOne().HasForeignKey(channel => channel.SwitchId);
        builder.HasMany(row => row.Ratifications).WithOne().HasForeignKey(vote => vote.SwitchId);
        builder.HasMany(row => row.AbortVotes).WithOne().HasForeignKey(vote => vote.SwitchId);
        builder.Navigation(row => row.AbortVotes).AutoInclude();
        builder.Navigation(row => row.Ratifications).AutoInclude();
        builder.Navigation(row => row.Steps).AutoInclude();
        builder.Navigation(row => row.Votes).AutoInclude();
        builder.Navigation(row => row.Channels).AutoInclude();
    }
}

internal sealed class SwitchStepConfiguration : IEntityTypeConfiguration<SwitchStep>
{
    public void Configure(EntityTypeBuilder<SwitchStep> builder)
    {
        builder.ToTable("switch_steps");
        builder.HasKey(step => new { step.SwitchId, step.Number });
        builder.Property(step => step.Number).ValueGeneratedNever();
    }
}

internal sealed class VoteConfiguration : IEntityTypeConfiguration<Vote>
{
    public void Configure(EntityTypeBuilder<Vote> builder)
    {
        // One vote per person, even when two requests of one person race.
        builder.ToTable("switch_votes");
        builder.HasKey(vote => new { vote.SwitchId, vote.User });
        builder.Property(vote => vote.ReachConfirmed).HasDefaultValue(false);
    }
}

internal sealed class RatificationVoteConfiguration : IEntityTypeConfiguration<RatificationVote>
{
    public void Configure(EntityTypeBuilder<RatificationVote> builder)
    {
        builder.ToTable("switch_ratifications");
        builder.HasKey(vote => new { vote.SwitchId, vote.User });
    }
}

internal sealed class AbortVoteConfiguration : IEntityTypeConfiguration<AbortVote>
{
    public void Configure(EntityTypeBuilder<AbortVote> builder)
    {
        builder.ToTable("switch_abort_votes");
        builder.HasKey(vote => new { vote.SwitchId, vote.User });
    }
}

internal sealed class StoppedChannelConfiguration : IEntityTypeConfiguration<StoppedChannel>
{
    public void Configure(EntityTypeBuilder<StoppedChannel> builder)
    {
        builder.Ignore(channel => channel.IsComplete);
        builder.ToTable("switch_channels");
        builder.HasKey(channel => new { channel.SwitchId, channel.Channel });
        builder.Property(channel => channel.SwitchId).HasColumnOrder(0);
    }
}
