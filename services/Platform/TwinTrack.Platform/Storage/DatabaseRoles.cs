namespace TwinTrack.Platform.Storage;

/// <summary>
/// The roles in a service's schema on PostgreSQL. The owner creates and changes tables, and only the migration uses it.
/// The service runs as a role that reads and writes rows of its own schema. It cannot create or drop tables, read other
/// schemas, or change the audit chain.
/// </summary>
/// <param name="service">The service's name, which is also the schema's and the run-time role's.</param>
public sealed class DatabaseRoles(string service)
{
    /// <summary>A statement of a service handles at most some thousand rows, so this is enough.</summary>
    private const string StatementMax = "30s";

    /// <summary>Longer than a normal wait for a lock, and shorter than a caller's time-out.</summary>
    private const string LockWaitMax = "10s";

    /// <summary>A transaction that is idle for this long belongs to a hanging process. Others need its locks.</summary>
    private const string IdleInTransactionMax = "60s";

    /// <summary>Migrations and whoever repairs.</summary>
    private const int OwnerConnectionsMax = 5;

    public static string OwnerOf(string service) => service + "_owner";

    /// <summary>
    /// Creates or corrects roles and schema in the service's database. It may run any number of times, as an
    /// administrator. All given names and passwords are quoted.
    /// </summary>
    /// <param name="ownerPassword">Of the owner.</param>
    /// <param name="password">Of the run-time role.</param>
    /// <param name="connectionsMax">Of the run-time role: the pools of all its copies together.</param>
    public string Script(string ownerPassword, string password, int connectionsMax)
    {
        var (owner, role) = (OwnerOf(service), service);
        return Invariant($"""
            do $$ begin
              if not exists (select 1 from pg_roles where rolname = '{owner}') then create role "{owner}"; end if;
              if not exists (select 1 from pg_roles where rolname = '{role}') then create role "{role}"; end if;
              execute format('revoke connect, temporary on database %I from public', current_database());
              execute format('grant connect on database %I to "{owner}", "{role}"', current_database());
            end $$;
            alter role "{owner}" login nosuperuser nobypassrls nocreatedb nocreaterole noreplication
              connection limit {OwnerConnectionsMax} password {Literal(ownerPassword)};
            alter role "{role}" login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit
              connection limit {connectionsMax} password {Literal(password)};
            alter role "{role}" set statement_timeout = '{StatementMax}';
            alter role "{role}" set lock_timeout = '{LockWaitMax}';
            alter role "{role}" set idle_in_transaction_session_timeout = '{IdleInTransactionMax}';
            alter role "{role}" set search_path = "{service}";
            alter role "{owner}" set search_path = "{service}";
            alter role "{owner}" set lock_timeout = '{LockWaitMax}';
            create schema if not exists "{service}" authorization "{owner}";
            revoke all on schema "{service}" from public;
            revoke all on schema public from public;
            grant usage on schema "{service}" to "{role}";

            """);
    }

    /// <summary>
    /// Run by the owner after each migration: rows may be read and written; evidence rows may only be added.
    /// </summary>
    /// <param name="appendOnly">Tables whose rows are never changed or removed.</param>
    public string Grants(IEnumerable<string> appendOnly)
    {
        var taken =
            appendOnly.Select(table => $"revoke update, delete on \"{service}\".\"{table}\" from \"{service}\";\n");
        return $"""
            grant select, insert, update, delete on all tables in schema "{service}" to "{service}";
            revoke insert, update, delete on "{service}"."__EFMigrationsHistory" from "{service}";
            {string.Concat(taken)}
            """;
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
