using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// A migration that is a pair of SQL files beside its class, <c>{id}.sqlite.sql</c> and <c>{id}.postgres.sql</c>,
/// embedded in the service's assembly. The SQL can be reviewed directly and is the same on every machine.
/// </summary>
public abstract class ScriptMigration : Migration
{
    protected sealed override void Up(MigrationBuilder migrationBuilder)
    {
        var id = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        var engine = migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)
            ? "sqlite" : "postgres";
        var name = $"{id}.{engine}.sql";
        var assembly = GetType().Assembly;
        var resource = assembly.GetManifestResourceNames()
            .Single(resource => resource.EndsWith(name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
