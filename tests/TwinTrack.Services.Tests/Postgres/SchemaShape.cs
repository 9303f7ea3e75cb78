using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// A schema as lines of text: columns with type and nullability, keys, indexes and references. One is what EF's model
/// says, the other is what EF's design package reads from a database. Filters of indexes, checks and defaults are not
/// in it: <see cref="An_upgraded_database" /> compares the first two.
/// </summary>
internal static class SchemaShape
{
    public static List<string> OfModel(DbContext db) =>
    [
        .. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.SelectMany(table => Lines(
            table.Name,
            table.Columns.Select(column => (column.Name, column.StoreType, column.IsNullable)),
            table.PrimaryKey?.Columns.Select(column => column.Name),
            table.UniqueConstraints.Where(key => key != table.PrimaryKey)
                .Select(key => key.Columns.Select(column => column.Name)),
            table.Indexes.Select(index => (index.Name, index.IsUnique, index.Columns.Select(column => column.Name))),
            table.ForeignKeyConstraints.Select(reference => (
                reference.Columns.Select(column => column.Name),
                reference.PrincipalTable.Name,
                reference.PrincipalColumns.Select(column => column.Name),
                reference.OnDeleteAction)))),
    ];

    /// <param name="db">Tells the engine, whose part of the design package reads the database.</param>
    /// <param name="connection">To the database.</param>
    public static List<string> OfDatabase(DbContext db, DbConnection connection) =>
    [
        .. Factory(db).Create(connection, new DatabaseModelFactoryOptions()).Tables
            .Where(table => !table.Name.StartsWith("__EF", StringComparison.Ordinal))
            .SelectMany(table => Lines(
                table.Name,
                table.Columns.Select(column => (column.Name, column.StoreType!, column.IsNullable)),
                table.PrimaryKey?.Columns.Select(column => column.Name),
                table.UniqueConstraints.Select(key => key.Columns.Select(column => column.Name)),
                table.Indexes.Select(
                    index => (index.Name!, index.IsUnique, index.Columns.Select(column => column.Name))),
                table.ForeignKeys.Select(reference => (
                    reference.Columns.Select(column => column.Name),
                    reference.PrincipalTable.Name,
                    reference.PrincipalColumns.Select(column => column.Name),
                    reference.OnDelete ?? ReferentialAction.NoAction)))),
    ];

    private static IEnumerable<string> Lines(
        string table,
        IEnumerable<(string Name, string Type, bool Nullable)> columns,
        IEnumerable<string>? primaryKey,
        IEnumerable<IEnumerable<string>> otherKeys,
        IEnumerable<(string Name, bool Unique, IEnumerable<string> Columns)> indexes,
        IEnumerable<(IEnumerable<string> Columns, string To, IEnumerable<string> ToColumns, ReferentialAction OnDelete)>
            references) =>
    [
        .. columns.Select(
            column => $"column {table}.{column.Name} {column.Type} {(column.Nullable ? "null" : "not null")}"),
        $"primary key {table} ({string.Join(", ", primaryKey ?? [])})",
        .. otherKeys.Select(key => $"key {table} ({string.Join(", ", key)})"),
        .. indexes.Select(
            index => $"{(index.Unique ? "unique index" : "index")} {table}.{index.Name} "
                + $"({string.Join(", ", index.Columns)})"),
        .. references.Select(
            reference => $"reference {table} ({string.Join(", ", reference.Columns)}) to {reference.To} "
                + $"({string.Join(", ", reference.ToColumns)}) on delete {reference.OnDelete}"),
    ];

    /// <summary>EF finds the services of an engine for design time by the same attribute.</summary>
    private static IDatabaseModelFactory Factory(DbContext db)
    {
        var engine = Assembly.Load(db.Database.ProviderName!);
        var type = engine.GetCustomAttribute<DesignTimeProviderServicesAttribute>()!.TypeName;
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices();
        ((IDesignTimeServices)Activator.CreateInstance(engine.GetType(type, throwOnError: true)!)!)
            .ConfigureDesignTimeServices(services);
        return services.BuildServiceProvider().GetRequiredService<IDatabaseModelFactory>();
    }
}
