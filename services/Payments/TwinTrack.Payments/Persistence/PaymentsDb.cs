using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;

namespace TwinTrack.Payments.Persistence;

internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : ServiceDb(options)
{
}
