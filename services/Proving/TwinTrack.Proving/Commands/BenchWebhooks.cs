using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Kernel;
using TwinTrack.Proving.Bench;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// bench webhooks: how many signed callbacks a second Providers stores, on its own stack, with client and servers on
/// this machine.
/// </summary>
internal static class BenchWebhooks
{
    private const string Channel = "bench";

    /// <summary>
    /// Callbacks before the measurement, until the runtime has compiled the busy code. Before that the rate is half.
    /// </summary>
    private const int WarmUp = 150_000;

    private const int Orders = 20_000;
    private const int OrdersOfAUnit = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Option<int> Messages = new(
        "--messages")
    {
        Description = "Callbacks in each run, 1,000 to 500,000.",
        DefaultValueFactory = static _ => 50_000
    };

    private static readonly Option<int> Connections = new(
        "--connections")
    {
        Description = "Callbacks under way at once, 1 to 1,000.",
        DefaultValueFactory = static _ => 256
    };

    private static readonly Option<int> Runs = new(
        "--runs")
    { Description = "Number of runs. The median is printed.", DefaultValueFactory = static _ => 3 };

    public static Command Build()
    {
        Messages.Validators.Add(static result => Within(result, Messages, 1_000, 500_000));
        Connections.Validators.Add(static result => Within(result, Connections, 1, 1_000));
        Runs.Validators.Add(static result => Within(result, Runs, 1, 20));
        var command =
            new Command("webhooks", "Measure how many signed callbacks a second are stored on PostgreSQL.")
                { Messages, Connections, Runs };
        command.SetAction(RunAsync);
        return command;
    }

    private static void Within(System.CommandLine.Parsing.OptionResult result, Option<int> option, int min, int max)
    {
        if (result.GetValue(option) is var value && (value < min || value > max))
        {
            result.AddError(Invariant($"{option.Name} takes {min} to {max}."));
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var json = parsed.GetValue(RemoteOptions.Json);
        var story = new Story(json);
        var work = Directory.CreateTempSubdirectory("twintrack-bench-").FullName;
        try
        {
            await using var stack = await Stack.MakeAsync(
                new StackOptions(Path.Combine(work, "data"), Path.Combine(work, "logs"), FreePort.Next(),
                    1)
                { Tell = story.Say }, cancel);
            await stack.StartAsync(cancel);
            var secret = StandardWebhooks.NewSecret();
            await ConnectAsync(stack, secret, cancel);
            var storm =
                new WebhookStorm(ProvidersOf(stack).Address, $"/providers/callbacks/channels/{Channel}", secret,
                    await OrdersAsync(stack, cancel));
            await storm.RunAsync(WarmUp, parsed.GetValue(Connections), cancel);
            await Waiting.UntilAsync("the inbox", () => CountAsync(stack, cancel), count => count.Unread == 0,
                count => count.Unread, cancel);
            var before = Spent(stack);
            var outcomes = new List<WebhookStorm.Outcome>();
            for (var run = 0; run < parsed.GetValue(Runs); run++)
            {
                outcomes.Add(await storm.RunAsync(parsed.GetValue(Messages), parsed.GetValue(Connections), cancel));
                story.Say(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{outcomes[^1].Accepted} taken in {outcomes[^1].Seconds:0.00} s: {outcomes[^1].PerSecond:0} a "
                            + $"second, median {outcomes[^1].Median:0.0} ms, p99 {outcomes[^1].P99:0.0} ms"));
            }

            var begun = TimeProvider.System.GetTimestamp();
            var stored = await Waiting.UntilAsync(
                "the inbox", () => CountAsync(stack, cancel), count => count.Unread == 0, count => count.Unread,
                cancel);
            var cost = Spent(stack).Less(before).Each(outcomes.Count * parsed.GetValue(Messages));
            var wanted = WarmUp + (outcomes.Count * parsed.GetValue(Messages));
            var median = outcomes.OrderBy(one => one.PerSecond).ElementAt(outcomes.Count / 2);
            story.Say(
                string.Create(CultureInfo.InvariantCulture,
                    $"median {median.PerSecond:0} a second on {Environment.ProcessorCount} processors; {stored.All} of "
                        + $"{wanted} are in the table, the inbox was empty "
                        + $"{TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s after the last"));
            story.Say(
                string.Create(CultureInfo.InvariantCulture,
                    $"processor time of one, worked off: {cost.Client:0.000} ms client, {cost.Providers:0.000} ms "
                        + $"Providers, {cost.Postgres:0.000} ms PostgreSQL; undisturbed, {Environment.ProcessorCount} "
                        + $"processors would do {1_000 * Environment.ProcessorCount / cost.Sum:0} a second"));
            if (json)
            {
                Console.Out.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            median.PerSecond,
                            median.Median,
                            median.P99,
                            stored = stored.All,
                            wanted,
                            cost,
                            processors = Environment.ProcessorCount
                        }, JsonSerializerOptions.Web));
            }

            return stored.All == wanted ? ExitCode.Ok : ExitCode.DoesNotHold;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Processor milliseconds.</summary>
    private sealed record Cost(double Client, double Providers, double Postgres)
    {
        public double Sum => Client + Providers + Postgres;

        public Cost Less(Cost other) =>
            new(Client - other.Client, Providers - other.Providers, Postgres - other.Postgres);

        public Cost Each(int count) => new(Client / count, Providers / count, Postgres / count);
    }

    private static Cost Spent(Stack stack) => new(
        Environment.CpuUsage.TotalTime.TotalMilliseconds,
        ProcessorTime.OfTree(ProvidersOf(stack).ProcessId ?? 0) * 1_000,
        ProcessorTime.OfTree(stack.Postgres.ProcessId ?? 0) * 1_000);

    private static ServiceProcess ProvidersOf(Stack stack) =>
        stack.Copies.Single(copy => copy.Name.StartsWith("providers-", StringComparison.Ordinal));

    private static async Task ConnectAsync(Stack stack, string secret, CancellationToken cancel)
    {
        using var people = new People(stack.Address, Patience);
        await people.LogInAsync(cancel);
        var channel = new DemoChannel(Channel, "bench", "mobile_money", 1, ["mobile"], [], "government");
        await people.Admin.PutAsync($"/routing/channels/{Channel}", channel.Contract, cancel);
        var settings = new Dictionary<string, string>
        {
            ["baseUrl"] = "https://operator.invalid",
            ["apiKey"] = "bench",
            ["askEverySeconds"] = "3600",
            ["callbackScheme"] = "standard-webhooks",
            ["callbackKey"] = secret,
        };
        await people.Admin.PutAsync($"/providers/connections/{Channel}", new { settings }, cancel);
        await Waiting.UntilAsync(
            "the channel", async () => (await people.Operator.GetAsync("/providers/channels", cancel)).GetRawText(),
            text => text.Contains($"\"{Channel}\"", StringComparison.Ordinal), text => text, cancel);
    }

    /// <summary>Orders for the callbacks. Their calls have not ended, so no provider is asked about them yet.</summary>
    private static async Task<List<Guid>> OrdersAsync(Stack stack, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(
            stack.Postgres.SuperuserTo(PostgresCluster.Database) + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            with sent as (
                insert into providers.sent_units (reference, channel, callback_token, created_at,
                    orders, state, open, doubted, asked_at)
                select 'U' || upper(replace(gen_random_uuid()::text, '-', '')), '{Channel}',
                    gen_random_uuid()::text, 0, {OrdersOfAUnit}, 'Journaled', true, false, 0
                from generate_series(1, {Orders / OrdersOfAUnit}) returning reference)
            insert into providers.payment_orders (instruction_id, channel, epoch, batch_id, programme, obligation_id,
                household_id, fingerprint, area, amount_minor, currency, state, unit_reference, ordered_at)
            select gen_random_uuid(), '{Channel}', 1, 'bench', 'BENCH', gen_random_uuid(),
                gen_random_uuid(), '', 'NE001', 1, 'XOF', 'Sent', reference, 0
            from sent, generate_series(1, {OrdersOfAUnit}) returning instruction_id
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var orders = new List<Guid>(Orders);
        while (await reader.ReadAsync(cancel))
        {
            orders.Add(reader.GetGuid(0));
        }

        return orders;
    }

    private static async Task<(long All, long Unread)> CountAsync(Stack stack, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(
            stack.Postgres.SuperuserTo(PostgresCluster.Database) + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "select (select count(*) from providers.evidence), (select count(*) from providers.waiting_callbacks)",
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
