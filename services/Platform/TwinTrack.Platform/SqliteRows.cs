using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TwinTrack.Platform;

/// <summary>
/// Many rows through one prepared statement of SQLite itself (sqlite3_bind, sqlite3_step). Values are stored as Microsoft.Data.Sqlite stores them; its command
/// looks for each parameter by name and opens a reader for each row, which takes as long again as the insert.
/// </summary>
internal static class SqliteRows
{
    private const int GuidText = 36;

    /// <exception cref="SqliteException">A row breaks a key or a check; those before it are in the transaction that is open.</exception>
    internal static void Insert(SqliteConnection connection, string sql, IEnumerable<IEnumerable<object?>> rows, CancellationToken cancel)
    {
        var file = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(file, sql, out var statement), file);
        using (statement)
        {
            foreach (var row in rows)
            {
                cancel.ThrowIfCancellationRequested();
                var slot = 0;
                foreach (var value in row)
                {
                    SqliteException.ThrowExceptionForRC(Bind(statement, ++slot, value), file);
                }

                var stepped = raw.sqlite3_step(statement);
                if (stepped != raw.SQLITE_DONE)
                {
                    SqliteException.ThrowExceptionForRC(stepped, file);
                }

                raw.sqlite3_reset(statement);
            }
        }
    }

    private static int Bind(sqlite3_stmt statement, int slot, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, slot),
        string text => raw.sqlite3_bind_text(statement, slot, text),
        long number => raw.sqlite3_bind_int64(statement, slot, number),
        int number => raw.sqlite3_bind_int64(statement, slot, number),
        bool yes => raw.sqlite3_bind_int64(statement, slot, yes ? 1 : 0),
        Guid id => Bind(statement, slot, id),
        DateOnly day => raw.sqlite3_bind_text(statement, slot, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        byte[] bytes => raw.sqlite3_bind_blob(statement, slot, bytes),
        _ => throw new NotSupportedException($"A {value.GetType()} cannot be inserted in bulk."),
    };

    /// <summary>In capitals, as every query spells it.</summary>
    private static int Bind(sqlite3_stmt statement, int slot, Guid id)
    {
        Span<byte> text = stackalloc byte[GuidText];
        id.TryFormat(text, out _);
        foreach (ref var letter in text)
        {
            letter = letter is >= (byte)'a' and <= (byte)'f' ? (byte)(letter - ('a' - 'A')) : letter;
        }

        return raw.sqlite3_bind_text(statement, slot, (ReadOnlySpan<byte>)text);
    }
}
