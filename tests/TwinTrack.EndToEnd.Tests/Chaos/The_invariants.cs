using TwinTrack.Proving.Chaos;

namespace TwinTrack.EndToEnd.Tests.Chaos;

/// <summary>Tables of one correct payment, then one violation in them. The check must find it.</summary>
public sealed class The_invariants : IDisposable
{
    private const string Obligation = "00000000-0000-0000-0000-0000000000A1";
    private const string First = "00000000-0000-0000-0000-0000000000B1";
    private const string Second = "00000000-0000-0000-0000-0000000000B2";

    private static readonly Guid Paid = Guid.ParseExact(First, "D");

    /// <summary>What every service has, and then the columns that the rules look at.</summary>
    private const string Everywhere =
        "CREATE TABLE outbox (type TEXT); CREATE TABLE jobs (kind TEXT, state TEXT, attempts INTEGER, error TEXT);";

    private static readonly Dictionary<string, string> Sound = new()
    {
        ["enrolments"] = "",
        ["entitlements"] =
            "CREATE TABLE cycles (id TEXT, state TEXT); INSERT INTO cycles VALUES ('c', 'Closed');"
            + $"CREATE TABLE entitlements (id TEXT, cycle_id TEXT, amount_minor INTEGER); INSERT INTO entitlements "
            + $"VALUES ('{Obligation}', 'c', 100);",
        ["payments"] =
            "CREATE TABLE received_cycles (id TEXT, state TEXT); INSERT INTO received_cycles VALUES ('c', 'Ready');"
            + "CREATE TABLE batches (id TEXT, state TEXT); INSERT INTO batches VALUES ('b', 'Certified');"
            + "CREATE TABLE incidents (obligation_id TEXT, state TEXT);"
            + "CREATE TABLE obligations (id TEXT, batch_id TEXT, amount_minor INTEGER, unpaid_reason TEXT, "
            + "remainder_of TEXT);"
            + $"INSERT INTO obligations VALUES ('{Obligation}', 'b', 100, NULL, NULL);"
            + "CREATE TABLE instructions (id TEXT, obligation_id TEXT, generation INTEGER, state TEXT, version "
            + "INTEGER, amount_minor INTEGER, channel TEXT);"
            + $"INSERT INTO instructions VALUES ('{First}', '{Obligation}', 1, 'Settled', 4, 100, 't1');"
            + "CREATE TABLE obligation_claims (obligation_id TEXT, instruction_id TEXT); "
            + $"INSERT INTO obligation_claims "
            + $"VALUES ('{Obligation}', '{First}');",
        ["routing"] =
            "CREATE TABLE channels (code TEXT, gate TEXT); INSERT INTO channels VALUES ('t1', 'Open');"
            + "CREATE TABLE switches (id TEXT, state TEXT); INSERT INTO switches VALUES ('s', 'Closed');",
        ["providers"] =
            "CREATE TABLE gates (channel TEXT, last_sequence INTEGER); INSERT INTO gates VALUES ('t1', 1);"
            + "CREATE TABLE queued_orders (instruction_id TEXT);"
            + $"CREATE TABLE journal (channel TEXT, sequence INTEGER, instruction_id TEXT, amount_minor INTEGER); "
            + $"INSERT INTO journal VALUES ('t1', 1, '{First}', 100);"
            + "CREATE TABLE payment_orders (instruction_id TEXT, obligation_id TEXT, amount_minor INTEGER, "
            + "channel TEXT, "
            + "state TEXT);"
            + $"INSERT INTO payment_orders VALUES ('{First}', '{Obligation}', 100, 't1', 'Settled');",
        ["reconciliation"] =
            "CREATE TABLE ledger_entries (transaction_id TEXT, currency TEXT, amount_minor INTEGER); INSERT INTO "
                + "ledger_entries VALUES ('l', 'XOF', 100), ('l', 'XOF', -100);"
            + "CREATE TABLE statements (id TEXT, state TEXT); INSERT INTO statements VALUES ('s', 'Matched');"
            + "CREATE TABLE breaks (id TEXT, state TEXT);"
            + "CREATE TABLE expectations (instruction_id TEXT, obligation_id TEXT, channel TEXT, state TEXT, version "
            + "INTEGER);"
            + $"INSERT INTO expectations VALUES ('{First}', '{Obligation}', 't1', 'Settled', 4);",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("twintrack-e2e-").FullName;
    private readonly SqliteTables _tables;

    public The_invariants() => _tables = new SqliteTables(_folder);

    [Fact]
    public async Task Hold_of_one_payment_that_went_well()
    {
        await PrepareAsync();

        (await CheckAsync(100)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("payments", $"INSERT INTO instructions VALUES ('{Second}', '{Obligation}', 2, 'Sent', 1, 100, 't2')",
        "at most one live instruction")]
    [InlineData("payments", "DELETE FROM obligation_claims", "has its obligation's claim")]
    [InlineData("payments", "UPDATE instructions SET state = 'Rejected'", "a claim is held by a live instruction")]
    [InlineData("payments", $"INSERT INTO instructions VALUES ('{Second}', '{Obligation}', 2, 'Planned', 0, 100, 't2')",
        "another attempt only after")]
    [InlineData("payments", "UPDATE instructions SET amount_minor = 99", "the amount of an instruction")]
    [InlineData("payments", "UPDATE instructions SET state = 'Rejected'; DELETE FROM obligation_claims", "in no list")]
    [InlineData("payments", "UPDATE received_cycles SET state = 'Arriving'", "every cycle has been taken in")]
    [InlineData("payments", "UPDATE batches SET state = 'Planning'", "no batch is still being planned")]
    [InlineData("payments", $"INSERT INTO incidents VALUES ('{Obligation}', 'Open')", "no incident is open")]
    [InlineData("payments", "UPDATE obligations SET amount_minor = 99", "entitlements are obligations")]
    [InlineData("payments", "UPDATE instructions SET state = 'InDoubt'", "live instructions are orders")]
    [InlineData("payments", "UPDATE instructions SET version = 5", "Reconciliation expects")]
    [InlineData("providers", "UPDATE journal SET sequence = 2", "no gap")]
    [InlineData("providers", "UPDATE gates SET last_sequence = 2", "given out the numbers")]
    [InlineData("providers", "DELETE FROM journal", "nothing leaves without a line")]
    [InlineData("providers", "UPDATE payment_orders SET state = 'Withdrawn'", "is not called unsent")]
    [InlineData("providers", "UPDATE journal SET amount_minor = 99", "providers paid only what the journal shows")]
    [InlineData("providers", "UPDATE payment_orders SET amount_minor = 99", "the journal has the amount")]
    [InlineData("providers", "INSERT INTO queued_orders VALUES ('x')", "no order waits")]
    [InlineData("routing", "UPDATE channels SET gate = 'Closing'", "no gate waits")]
    [InlineData("routing", "UPDATE switches SET state = 'Watching'", "every switch has ended")]
    [InlineData("entitlements", "UPDATE cycles SET state = 'Calculating'", "every cycle is closed")]
    [InlineData("reconciliation", "UPDATE ledger_entries SET amount_minor = 101 WHERE amount_minor = 100",
        "every booking sums to zero")]
    [InlineData("reconciliation", "UPDATE statements SET state = 'Matching'", "every statement is matched")]
    [InlineData("reconciliation", "INSERT INTO breaks VALUES ('x', 'Open')", "no break is open")]
    [InlineData("reconciliation", "INSERT INTO outbox VALUES ('x')", "the outbox of reconciliation is empty")]
    [InlineData("enrolments", "INSERT INTO jobs VALUES ('import', 'Running', 3, 'no space left')",
        "no job of enrolments is held up")]
    public async Task Break_when_something_is_wrong(string service, string harm, string rule)
    {
        await PrepareAsync();

        await _tables.DoAsync(service, harm, CancellationToken.None);

        (await CheckAsync(100)).Should().Contain(breach => breach.Rule.Contains(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Break_when_a_provider_paid_another_amount()
    {
        await PrepareAsync();

        (await CheckAsync(101)).Should().ContainSingle().Which.Rule.Should()
            .StartWith("providers paid only what the journal shows");
    }

    [Fact]
    public async Task Break_when_what_counts_as_paid_is_in_no_book()
    {
        await PrepareAsync();

        (await Invariants.CheckAsync(_tables, new Dictionary<Guid, long>(), CancellationToken.None)).Should()
            .ContainSingle().Which.Rule.Should().StartWith("what counts as paid");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<List<Breach>> CheckAsync(long booked) =>
        Invariants.CheckAsync(_tables, new Dictionary<Guid, long> { [Paid] = booked }, CancellationToken.None);

    private async Task PrepareAsync()
    {
        foreach (var (service, sql) in Sound)
        {
            // An empty file is an empty database.
            await File.WriteAllBytesAsync(Path.Combine(_folder, service + ".db"), []);
            await _tables.DoAsync(service, Everywhere + sql, CancellationToken.None);
        }
    }
}
