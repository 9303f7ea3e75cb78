using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Whether a retry makes sense after a fault. A fault that is neither an outage nor a race counts as a bug.
/// </summary>
public static partial class FaultKinds
{
    // SQLite's result codes, https://www.sqlite.org/rescode.html; the two extended ones are a taken primary and a taken
    // unique key.
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqlitePrimaryKeyTaken = 1555;
    private const int SqliteUniqueTaken = 2067;

    /// <summary>
    /// The database is unreachable, starting, full or out of connections. The same work will succeed when it is back.
    /// </summary>
    public static bool IsOutage(this Exception fault) =>
        !fault.IsRace() && fault is not OperationCanceledException && fault.Chain().Any(IsOutageItself);

    /// <summary>
    /// Another transaction changed, locked or inserted the same rows first. A repetition on the current rows may
    /// succeed.
    /// </summary>
    public static bool IsRace(this Exception fault) => fault.Chain().Any(IsRaceItself);

    /// <summary>A message whose members or words are not those of its contract. A retry cannot succeed.</summary>
    public static bool IsUnreadable(this Exception fault) =>
        fault.Chain().Any(one => one is JsonException or FormatException);

    /// <summary>The types of the fault from outside in, without its text, which may hold private data.</summary>
    public static string Kind(this Exception fault) =>
        string.Join(
            " < ", fault.Chain()
                .Select(one => one switch
                {
                    PostgresException postgres => $"{nameof(PostgresException)} {postgres.SqlState}",
                    JsonException unread => $"{nameof(JsonException)} {MemberOf(unread)}".TrimEnd(),
                    _ => one.GetType().Name,
                }));

    /// <summary>
    /// Which member is missing, unknown, repeated or of a wrong type: the quoted names in the fault's text, and its
    /// path. Never a value.
    /// </summary>
    private static string MemberOf(JsonException fault)
    {
        var names = QuotedMember().Matches(fault.Message).Select(match => match.Groups[1].Value).Distinct().Take(8);
        return string.Join(' ', names.Append(fault.Path));
    }

    [GeneratedRegex("'([A-Za-z][A-Za-z0-9]{0,39})'", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedMember();

    private static IEnumerable<Exception> Chain(this Exception fault)
    {
        for (var one = fault; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }

    /// <summary>
    /// PostgreSQL's classes, appendix A: 08 connection, 53 resources, 57P server stopping or starting, 57014 statement
    /// time-out, 58 system.
    /// </summary>
    private static bool IsOutageItself(Exception fault) => fault switch
    {
        PostgresException postgres =>
            postgres.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("53", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("58", StringComparison.Ordinal),
        NpgsqlException => true,
        SqliteException sqlite =>
            sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked or SqliteReadOnly or SqliteIoError or SqliteFull
                or SqliteCannotOpen,
        SocketException => true,
        _ => false,
    };

    private static bool IsRaceItself(Exception fault) => fault switch
    {
        DbUpdateConcurrencyException => true,
        PostgresException postgres =>
            postgres.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqlitePrimaryKeyTaken or SqliteUniqueTaken,
        _ => false,
    };
}
