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
        builder.Property(channel => channel.Instruments).AsJson();
        builder.Property(channel => channel.Areas).AsJson();
        builder.Property(channel => channel.GateOrder).HasDefaultValue(0L);
    }
}

internal sealed class ProtocolConfiguration : IEntityTypeConfiguration<Protocol>
{
    public void Configure(EntityTypeBuilder<Protocol> builder)
    {
        builder.ToTable("protocols");
        builder.HasKey(protocol => protocol.Programme);
        builder.Property(protocol => protocol.Reasons).AsJson();
        builder.Property(protocol => protocol.ProposerRoles).AsJson();
        builder.Property(protocol => protocol.Quorum).AsJson();
    }
}
