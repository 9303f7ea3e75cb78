using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Gateway.Accounts;

namespace TwinTrack.Gateway.Persistence;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.HasKey(user => user.Name);
        builder.Property(user => user.Name).HasMaxLength(AccountRules.NameMax);
        builder.Property(user => user.Party).HasMaxLength(AccountRules.NameMax);
    }
}
