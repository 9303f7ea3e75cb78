using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

internal sealed class PauseReviewConfiguration : IEntityTypeConfiguration<PauseReview>
{
    public void Configure(EntityTypeBuilder<PauseReview> builder)
    {
        builder.ToTable("pause_reviews");
        builder.HasKey(review => review.Id);
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.HasIndex(review => review.Channel);
        builder.HasIndex(review => review.SuspensionId);
    }
}
