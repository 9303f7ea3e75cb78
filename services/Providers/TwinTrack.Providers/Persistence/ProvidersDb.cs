using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;

namespace TwinTrack.Providers.Persistence;

internal sealed class ProvidersDb(DbContextOptions<ProvidersDb> options) : ServiceDb(options)
{
}
