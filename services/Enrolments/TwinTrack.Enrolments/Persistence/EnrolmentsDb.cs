using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Persistence;

internal sealed class EnrolmentsDb(DbContextOptions<EnrolmentsDb> options) : ServiceDb(options)
{
    public DbSet<AreaRow> Areas => Set<AreaRow>();

    public DbSet<Import> Imports => Set<Import>();

    public DbSet<ImportError> ImportErrors => Set<ImportError>();

    public DbSet<Household> Households => Set<Household>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<PayeeInstrument> Instruments => Set<PayeeInstrument>();

    public DbSet<Duplicate> Duplicates => Set<Duplicate>();

    public DbSet<EnrolmentRun> Runs => Set<EnrolmentRun>();

    public DbSet<EnrolmentRunArea> RunAreas => Set<EnrolmentRunArea>();

    public DbSet<Enrolment> Enrolments => Set<Enrolment>();

    public DbSet<Caseload> Caseloads => Set<Caseload>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.StoreIds(typeof(ImportId).Assembly);
    }
}
