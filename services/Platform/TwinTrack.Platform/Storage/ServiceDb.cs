using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// A service's database: its own tables, outbox, inbox, jobs, stored answers and audit chain, all in the same
/// transactions. Names are snake_case, instants are UTC microseconds, and enums are text. Both engines give the same
/// results.
/// </summary>
public abstract class ServiceDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<StoredAnswer> StoredAnswers => Set<StoredAnswer>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        modelBuilder.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox").HasKey(message => new { message.MessageId, message.Destination });
            outbox.HasIndex(message => new { message.Destination, message.DueAt });
        });
        modelBuilder.Entity<DeadLetter>().ToTable("dead_letters").HasKey(letter => letter.MessageId);
        modelBuilder.Entity<InboxMessage>().ToTable("inbox")
            .HasKey(message => new { message.MessageId, message.Consumer });
        modelBuilder.Entity<Job>(job =>
        {
            job.ToTable("jobs").HasKey(row => new { row.Kind, row.Subject });
            job.Property(row => row.LeaseOwner).IsConcurrencyToken();
        });
        modelBuilder.Entity<StoredAnswer>().ToTable("stored_answers").HasKey(answer => answer.Key);
        modelBuilder.Entity<AuditEntry>(audit =>
        {
            audit.ToTable("audit").HasKey(entry => entry.Sequence);
            audit.Property(entry => entry.Sequence).ValueGeneratedNever();
            audit.Metadata.IsAppendOnly();
        });

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            NameLikeSql(entity);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.StoreInstants();
        configurationBuilder.StoreIds(typeof(HouseholdId).Assembly);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    private static void NameLikeSql(IMutableEntityType entity)
    {
        // A column that a configuration names keeps that name: its property was renamed after the table was made.
        foreach (var property in entity.GetProperties()
            .Where(property => property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null))
        {
            property.SetColumnName(Word.OfName(property.Name));
        }
    }
}
