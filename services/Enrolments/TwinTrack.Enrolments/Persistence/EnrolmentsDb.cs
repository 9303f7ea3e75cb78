using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;

namespace TwinTrack.Enrolments.Persistence;

internal sealed class EnrolmentsDb(DbContextOptions<EnrolmentsDb> options) : ServiceDb(options)
{
}
