using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;

namespace TwinTrack.Entitlements.Persistence;

internal sealed class EntitlementsDb(DbContextOptions<EntitlementsDb> options) : ServiceDb(options)
{
}
