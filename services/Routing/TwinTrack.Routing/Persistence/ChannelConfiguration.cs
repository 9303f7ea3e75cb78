using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

internal sealed class ChannelConfiguration : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channels");
        builder.HasKey(channel => channel.Code);
        builder.Property(channel => channel.Adapter).HasMaxLength(32);
        builder.Property(channel => channel.Instruments).AsJson();
        builder.Property(channel => channel.Areas).AsJson();
        builder.Property(channel => channel.CommandNumber).HasColumnName("gate_order").HasDefaultValue(0L);
        builder.Property(channel => channel.CommandedAt).HasColumnName("ordered_at");
        builder.Property(channel => channel.FeeMinor).HasDefaultValue(0L);
        builder.Property(channel => channel.FeeBasisPoints).HasDefaultValue(0);
        builder.Property(channel => channel.Hours).AsJson();
        builder.Property(channel => channel.Abilities).AsJson();
    }
}

internal sealed class ProtocolConfiguration : IEntityTypeConfiguration<Protocol>
{
    public void Configure(EntityTypeBuilder<Protocol> builder)
    {
        builder.ToTable("protocol_versions");
        builder.HasKey(protocol => new { protocol.Programme, protocol.Area, protocol.Version });
        builder.Property(protocol => protocol.Version).ValueGeneratedNever();
        builder.Property(protocol => protocol.Terms).AsJson();
    }
}
