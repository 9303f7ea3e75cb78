using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

// One runner of a race. It prints "ready" and waits for a line on standard input. Then it tries to claim each
// obligation for its own attempt, and prints how many claims it won. It does not use the services: the database alone
// must separate two runners. Arguments: sqlite|postgres, connection string, number of obligations.
var (engine, connectionString, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
await using DbConnection connection = engine == "sqlite"
    ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
await connection.OpenAsync();
Console.WriteLine("ready");
await Console.In.ReadLineAsync();
var won = 0;
for (var number = 1; number <= count; number++)
{
    var obligation = new Guid(number, 0, 0, new byte[8]);
    await using var claim = connection.CreateCommand();
    claim.CommandText =
        "insert into obligation_claims (obligation_id, instruction_id, generation, epoch) values (@obligation, "
            + "@instruction, 1, 1)";
    Add(claim, "@obligation", obligation);
    Add(claim, "@instruction", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
    try
    {
        won += await claim.ExecuteNonQueryAsync();
    }
    catch (SqliteException taken) when (taken.SqliteExtendedErrorCode == 1555)
    {
        // SQLITE_CONSTRAINT_PRIMARYKEY: the other runner was first.
        continue;
    }
    catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
    {
        continue;
    }
}

Console.WriteLine(won);

void Add(DbCommand command, string name, Guid value)
{
    var parameter = command.CreateParameter();
    parameter.ParameterName = name;
    parameter.Value = engine == "sqlite" ? value.ToString().ToUpperInvariant() : value;
    command.Parameters.Add(parameter);
}
