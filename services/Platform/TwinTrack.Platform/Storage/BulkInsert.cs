using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Inserts many rows of one mapped entity without tracking them: binary COPY on PostgreSQL, one prepared statement on
/// SQLite. Runs inside the open transaction, so it commits with the rest or not at all. One row with a duplicate key
/// fails all rows.
/// </summary>
public static class BulkInsert
{
    public static async Task BulkInsertAsync<TEntity>(
        this ServiceDb db, IReadOnlyCollection<TEntity> rows, CancellationToken cancel)
        where TEntity : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var entity = db.Model.FindEntityType(typeof(TEntity))
            ?? throw new InvalidOperationException($"{typeof(TEntity)} is not mapped.");
        var columns = Columns(entity);
        if (db.IsSqlite())
        {
            await InsertSqliteAsync(db, entity, columns, rows, cancel);
        }
        else
        {
            await CopyPostgresAsync(db, entity, columns, rows, cancel);
        }
    }

    private sealed record Column(string Name, Func<object, object?> Read, RelationalTypeMapping Mapping);

    private static Column[] Columns(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        return
        [
            .. entity.GetProperties()
                .Where(property => !property.IsShadowProperty() && property.ValueGenerated != ValueGenerated.OnAdd)
                .Select(property => new Column(
                    property.GetColumnName(table)!, Reader(property), property.GetRelationalTypeMapping())),
        ];
    }

    private static Func<object, object?> Reader(IProperty property)
    {
        var getter = property.GetGetter();
        var converter = property.GetRelationalTypeMapping().Converter;
        return row =>
        {
            var value = getter.GetClrValue(row);
            return value is null || converter is null ? value : converter.ConvertToProvider(value);
        };
    }

    private static async Task InsertSqliteAsync<TEntity>(
        ServiceDb db, IEntityType entity, Column[] columns, IReadOnlyCollection<TEntity> rows, CancellationToken cancel)
        where TEntity : class
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
            command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
            var slots = string.Join(", ", columns.Select((_, index) => Invariant($"@p{index}")));
#pragma warning disable CA2100 // Table and column names come from the model, values from parameters.
            command.CommandText = $"INSERT INTO \"{entity.GetTableName()}\" ({names}) VALUES ({slots})";
#pragma warning restore CA2100
            var parameters =
                columns.Select(
                    (_, index) => command.Parameters.Add(
                        new SqliteParameter { ParameterName = Invariant($"@p{index}") }))
                    .ToArray();
            await command.PrepareAsync(cancel);
            foreach (var row in rows)
            {
                Fill(parameters, columns, row);
                await command.ExecuteNonQueryAsync(cancel);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static void Fill(DbParameter[] parameters, Column[] columns, object row)
    {
        for (var index = 0; index < columns.Length; index++)
        {
            parameters[index].Value = columns[index].Read(row) ?? DBNull.Value;
        }
    }

    private static async Task CopyPostgresAsync<TEntity>(
        ServiceDb db, IEntityType entity, Column[] columns, IReadOnlyCollection<TEntity> rows, CancellationToken cancel)
        where TEntity : class
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var writer = await connection.BeginBinaryImportAsync(
                $"COPY \"{entity.GetTableName()}\" ({names}) FROM STDIN (FORMAT BINARY)", cancel);
            foreach (var row in rows)
            {
                await writer.StartRowAsync(cancel);
                foreach (var column in columns)
                {
                    await (column.Read(row) is { } value
                        ? writer.WriteAsync(value, column.Mapping.StoreTypeNameBase, cancel)
                        : writer.WriteNullAsync(cancel));
                }
            }

            await writer.CompleteAsync(cancel);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
