using System.Data.Common;
using Npgsql;
using TwinTrack.Running;

namespace TwinTrack.Proving.Chaos;

/// <summary>The schemas of a stack, as the cluster's superuser and without any proxy.</summary>
internal sealed class PostgresTables(PostgresCluster postgres) : Tables
{
    public override string RandomBelow(int limit) => Invariant($"floor(random() * {limit})::bigint");

    public override async Task<IReadOnlyList<string>> ColumnsAsync(
        string service, string table, CancellationToken cancel)
    {
        var rows = await AskAsync(
            service,
            $"SELECT column_name::text FROM information_schema.columns WHERE table_schema = '{service}' AND table_name "
                + $"= '{table}' ORDER BY ordinal_position",
            cancel);
        return [.. rows.Select(row => row[0])];
    }

    public override async Task TapAsync(string service, CancellationToken cancel)
    {
        var columns = await ColumnsAsync(service, "outbox", cancel);
        // The service's own role deletes rows. The copy table is written with its owner's rights.
        await DoAsync(
            service,
            $"""
            CREATE TABLE IF NOT EXISTS chaos_tap (LIKE outbox);
            CREATE OR REPLACE FUNCTION chaos_tap_fill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = {service} AS $fill$
            BEGIN
              INSERT INTO chaos_tap ({string.Join(", ", columns)})
              VALUES ({string.Join(", ", columns.Select(column => "OLD." + column))});
              RETURN NULL;
            END $fill$;
            CREATE OR REPLACE TRIGGER chaos_tap_fill AFTER DELETE ON outbox
            FOR EACH ROW EXECUTE FUNCTION chaos_tap_fill();
            """,
            cancel);
    }

    protected override async Task<DbConnection> OpenAsync(string service, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(
            $"{postgres.SuperuserTo(PostgresCluster.Database)};Pooling=false;Search Path={service};Timeout=5;Command "
                + $"Timeout=30");
        await connection.OpenAsync(cancel);
        return connection;
    }
}
