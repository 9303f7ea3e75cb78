using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;

namespace TwinTrack.Routing.Persistence;

internal sealed class RoutingDb(DbContextOptions<RoutingDb> options) : ServiceDb(options)
{
}
