namespace TwinTrack.Architecture.Tests;

public sealed class The_migrations
{
    [Fact]
    public void Of_a_service_leave_the_tables_of_Platform_alone() =>
        MigrationRules.Scripts().SelectMany(path => MigrationRules.Trespasses(path, Text(path))).Should().BeEmpty();

    [Theory]
    [InlineData("ALTER TABLE jobs ADD COLUMN priority integer;")]
    [InlineData("create table if not exists \"outbox\" (id text);")]
    [InlineData("DROP TABLE audit;")]
    [InlineData("CREATE UNIQUE INDEX \"IX_mine\" ON \"inbox\" (\"consumer\");")]
    [InlineData("DROP INDEX \"IX_outbox_destination_due_at\";")]
    public void That_change_a_table_of_Platform_are_noticed(string script)
    {
        MigrationRules.Trespasses("services/Payments/0010_mine.postgres.sql", script).Should().ContainSingle();
        MigrationRules.Trespasses("services/Platform/0010_mine.postgres.sql", script).Should().BeEmpty();
    }

    /// <summary>
    /// A database that an older build made has what the script said then. <c>sha256sum</c> over a new script makes its
    /// line in the list when a version with it is published.
    /// </summary>
    [Fact]
    public void That_were_published_are_never_changed()
    {
        var published = File.ReadAllLines(
            Path.Combine(Repository.Root, "tests/TwinTrack.Architecture.Tests/published-migrations.sha256"));

        var today = MigrationRules.Scripts().Select(
            path => MigrationRules.Line(path, File.ReadAllBytes(Path.Combine(Repository.Root, path))));

        published.Should().HaveCountGreaterThan(50).And.BeSubsetOf(today);
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
