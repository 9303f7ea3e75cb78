using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

internal sealed class SuspensionConfiguration : IEntityTypeConfiguration<Suspension>
{
    public void Configure(EntityTypeBuilder<Suspension> builder)
    {
        builder.ToTable("suspensions");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Areas).AsJson();
        builder.Ignore(row => row.Scope);
        builder.Ignore(row => row.IsInForce);
        builder.Ignore(row => row.AwaitsAnswers);
        builder.HasIndex(row => row.Programme);
        builder.HasMany(row => row.Channels).WithOne().HasForeignKey(channel => channel.SuspensionId);
        builder.Navigation(row => row.Channels).AutoInclude();
    }
}

internal sealed class SuspendedChannelConfiguration : IEntityTypeConfiguration<SuspendedChannel>
{
    public void Configure(EntityTypeBuilder<SuspendedChannel> builder)
    {
        builder.Ignore(channel => channel.IsComplete);
        builder.ToTable("suspended_channels");
        builder.HasKey(channel => new { channel.SuspensionId, channel.Channel });
        builder.Property(channel => channel.SuspensionId).HasColumnOrder(0);
    }
}
