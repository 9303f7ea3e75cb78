using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;

namespace TwinTrack.Reconciliation.Persistence;

internal sealed class ReconciliationDb(DbContextOptions<ReconciliationDb> options) : ServiceDb(options)
{
}
