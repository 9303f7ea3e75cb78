using Microsoft.EntityFrameworkCore;
using TwinTrack.Gateway.Accounts;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Gateway.Persistence;

internal sealed class GatewayDb(DbContextOptions<GatewayDb> options) : ServiceDb(options)
{
    public DbSet<User> Users => Set<User>();
}
