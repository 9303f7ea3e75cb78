using System.Text.Json;
using System.Text.RegularExpressions;
using TwinTrack.Platform.Observability;
using TwinTrack.Services.Tests.WholeCycle;

namespace TwinTrack.Services.Tests.Operations;

/// <summary>What an operator can see of a cycle, and what nobody may see of the people in it.</summary>
[Collection(WatchedTests.Name)]
public sealed partial class A_watched_cycle(WatchedCycle cycle)
{
    private const string Release = "POST /payments/batches/{id}/release";

    [Fact]
    public void Shows_one_trace_from_the_release_to_the_ledger_over_four_services()
    {
        // Spans are heard in the whole process, in which other cycles run too: ours is the one of our batch.
        var ours =
            Spans().First(
                span => span.Text("Name") == "job dispatch-batch"
                    && span.GetProperty("Attributes").Text("twintrack.job.subject") == cycle.Batch);
        var trace = Spans().Where(span => span.Text("Trace") == ours.Text("Trace")).ToList();
        var release = trace.Single(span => span.Text("Name") == Release);

        Names(trace).Should().Contain(
        [
            "job dispatch-batch", "send providers.submit-instructions", "process providers.submit-instructions",
            "send unit", "submit t1-momo", "submit t1-bank",
            "send payments.instructions-reported", "process payments.instructions-reported",
            "send reconciliation.instruction-states-changed", "process reconciliation.instruction-states-changed",
        ]);
        trace.Select(span => span.Text("Service")).Should().Contain(["payments", "providers", "reconciliation"]);
        var known = trace.Select(span => span.Text("Span")).ToHashSet();
        trace.Where(
            span => span.GetProperty("Parent").ValueKind == JsonValueKind.String
                && span.Text("Span") != release.Text("Span"))
            .Should().OnlyContain(span => known.Contains(span.Text("Parent")), "no span hangs in the air");
    }

    [Fact]
    public void Links_what_settles_a_payment_later_to_the_unit_that_it_was_sent_in()
    {
        var units = Spans().Where(span => span.Text("Name") == "send unit").Select(span => span.Text("Span"))
            .ToHashSet();

        foreach (var name in new[] { "job ask", "job statement", "ask t1-momo" })
        {
            Spans().Where(span => span.Text("Name") == name)
                .SelectMany(span => span.GetProperty("Links").EnumerateArray()).Select(link => link.Text("Span"))
                .Should().Contain(link => units.Contains(link), $"{name} speaks of what was sent before");
        }
    }

    [Fact]
    public void Has_spans_for_calls_to_providers_that_name_channel_and_unit_and_nobody()
    {
        var call = Spans().First(span => span.Text("Name") == "submit t1-bank");

        call.Text("Kind").Should().Be("Client");
        call.GetProperty("Attributes").EnumerateObject().Select(tag => tag.Name).Should()
            .BeSubsetOf([TraceContext.ServiceTag, "twintrack.channel", "twintrack.unit", "error.type"]);
    }

    [Fact]
    public void Shows_in_its_metrics_what_stands_in_the_tables()
    {
        cycle.Paused.Page.Should().Be(cycle.Paused.Tables);
        cycle.Paused.Tables.Should().StartWith("gate 0").And.NotContain(
            "queued 0 ", "the pause came while orders waited");
        var settled =
            WatchedCycle.ValueOf(cycle.Metrics, "twintrack_provider_answers_total", "channel=\"t2-agency\"",
                "outcome=\"settled\"");
        settled.Should().BePositive("the partner paid what was moved");
    }

    [Fact]
    public void Says_in_every_log_line_of_a_job_or_a_message_which_service_and_which_trace()
    {
        var lines =
            cycle.Logs.Where(
                line => line.Contains("job=", StringComparison.Ordinal)
                    || line.Contains("queue=", StringComparison.Ordinal)).ToList();

        lines.Should().Contain(line => line.Contains("job=", StringComparison.Ordinal)).And.Contain(
            line => line.Contains("queue=", StringComparison.Ordinal));
        lines.Should()
            .OnlyContain(
            line => line.Contains("service=", StringComparison.Ordinal)
                && line.Contains("TraceId:", StringComparison.Ordinal)
                    | line.Contains("TraceId=", StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_nothing_of_the_people_in_it()
    {
        cycle.Logs.Should().HaveCountGreaterThan(20, "there must be something to search");
        var texts = new[] { ("logs", string.Join('\n', cycle.Logs)), ("traces", cycle.SpanText),
            ("metrics", cycle.Metrics) };
        foreach (var secret in Personal())
        {
            foreach (var (where, text) in texts)
            {
                text.Contains(secret, StringComparison.OrdinalIgnoreCase).Should()
                    .BeFalse($"'{secret}' is in the {where}");
            }
        }
    }

    [Fact]
    public void Tells_no_secret_path_of_a_callback()
    {
        // The simulated operator lives in this process too, and calls the path: its own calls are its own affair.
        cycle.SpanText.Split('\n')
            .Where(line => CallbackPath().IsMatch(line) && !line.Contains("url.full", StringComparison.Ordinal))
            .Should().BeEmpty();
        cycle.Logs.Should().NotContain(line => CallbackPath().IsMatch(line));
    }

    private IEnumerable<JsonElement> Spans() => cycle.Spans;

    private static IEnumerable<string> Names(IEnumerable<JsonElement> spans) => spans.Select(span => span.Text("Name"));

    /// <summary>
    /// Names, phones and accounts as the registry has them. Without the plus, which JSON writes in its own way.
    /// </summary>
    private static List<string> Personal()
    {
        var rows = Registry.Csv(WatchedCycle.Households).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => row.Split(',')).ToList();
        var values = rows.Select(row => row[5]).Concat(rows.Select(row => row[10].TrimStart('+')))
            .Where(value => value.Length > 0).Distinct().ToList();
        values.Should().HaveCountGreaterThan(WatchedCycle.Households);
        return values;
    }

    [GeneratedRegex("callbacks/[0-9a-f]{32}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CallbackPath();
}
