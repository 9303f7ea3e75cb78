using System.Text;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Compliance;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>
/// Every answer, callback and statement that an operator may give, bent (<see cref="Fuzz"/>), by each profile over a
/// real wire.
/// </summary>
public sealed class Fuzzed_answers
{
    private const string Reference = "00000000000000000000000000002711";

    private static readonly string[] Bits = ["{", "}", "[", "]", ",", "\"", ":", "null", "true", "-1", "1e999",
        "\\u0000", "\\ud800", "\uFEFF", "\0", "\"status\":", "\"id\":", "\n", new string('[', 2_000)];

    /// <summary>An answer that says paid or pending, so that whatever frees after bending was made up.</summary>
    private static readonly Dictionary<string, ((string Name, string Value)[] Settings, string Answer)> Sound = new()
    {
        ["gsma single"] = ([("mode", "single")],
            """{"serverCorrelationId":"s-1","status":"completed","link":"/transactions/T1","transactionReference":"T1","transactionStatus":"completed","notificationMethod":"callback"}"""),
        ["gsma batch"] = ([("mode", "batch")],
            """{"serverCorrelationId":"s-1","batchId":"B1","batchStatus":"completed","status":"completed","link":"/batchtransactions/B1","completedCount":1}"""),
        ["mtn"] =
            (Rigs.Mtn.Settings,
                """{"amount":"150.50","currency":"KES","externalId":"0000","payee":{"partyIdType":"MSISDN","partyId":"254700000001"},"status":"SUCCESSFUL","financialTransactionId":"77"}"""),
        ["airtel"] =
            (Rigs.Airtel.Settings,
                $$"""{"data":{"transaction":{"id":"{{Reference}}","status":"TS","airtel_money_id":"M1","message":"done"} },"status":{"response_code":"DP00900001001","code":"200","success":true} }"""),
        ["daraja"] =
            (Rigs.Daraja.Settings,
                """{"ConversationID":"AG_1","OriginatorConversationID":"o-1","ResponseCode":"0","ResponseDescription":"Accept the service request successfully."}"""),
        ["onafriq"] = (Rigs.Onafriq.Settings,
            $$"""{"thirdPartyTransId":"{{Reference}}","mfsTransId":"M1","status":{"code":"MR101","message":"Success"} }"""),
    };

    public static TheoryData<string> Profiles => [.. Sound.Keys];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Are_read_or_not_believed_and_free_nothing_that_the_operator_did_not_free(string profile)
    {
        var (settings, answer) = Sound[profile];
        var body = Array.Empty<byte>();
        await using var host = await ScriptedOperator.StartAsync(async (http, asked) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(
                asked.Contains("token", StringComparison.OrdinalIgnoreCase)
                    || asked.Contains("oauth", StringComparison.Ordinal)
                    ? Encoding.UTF8.GetBytes("""{"access_token":"t","expires_in":"3600"}""")
                    : body,
                http.RequestAborted);
        });
        using var us = new OurSide();
        var connection = OurSide.Connection(host.Address, "KES", [
            .. settings, ("callsPerSecond", "10000"), ("asksPerSecond", "10000"), ("callsAtOnce", "16"),
            ("breakAfter", "1000"), ("callbackBase", host.Address.ToString()),
        ]);
        var unit = OurSide.Unit(1);

        var rounds = await new Fuzz(Encoding.UTF8.GetBytes(answer), Bits).RunAsync(async (bent, round) =>
        {
            body = bent;
            var readings = new[]
            {
                await us.Adapter.AskAsync(connection, unit, CancellationToken.None),
                us.Adapter.Read(connection, new Document("callback", bent)).Match(read => read, _ => Reading.Nothing),
            };
            foreach (var reading in readings)
            {
                reading.Units.Should().NotContain(
                    one => one.Verdict.Frees || one.UnitReference != unit.Reference, round);
                reading.Lines.Should().NotContain(line => line.Verdict.Frees || line.Reference != Reference, round);
            }
        });

        rounds.Should().BeGreaterThan(10);
    }

    [Fact]
    public Task In_a_statement_are_read_or_refused_whole()
    {
        var connection = OurSide.Connection(new Uri("http://127.0.0.1:9"));
        var sound = string.Join('\n',
            "statement,final,covers_from,covers_until,lines",
            "MM-2026-03,true,2026-03-01T00:00:00Z,2026-03-31T22:00:00Z,2",
            "reference,type,amount,currency,date,operator_reference", $"{Reference},paid,150.50,KES,2026-03-14,TX1",
            $"{Reference},paid,150.5,KES,2026-03-20,TX7") + "\n";
        using var us = new OurSide();
        var adapter = us.Adapter;

        return new Fuzz(Encoding.UTF8.GetBytes(sound),
            [",", "\n", "\"", "\r", "\0", "=1+1", "1e9", "-", "99999999999999999999"]).RunAsync((bent, round) =>
        {
            var statement = adapter.ReadStatement(connection, new Document("s.csv", bent))
                .Match<Statement?>(read => read, _ => null);
            statement?.Lines.Should().HaveCount(2, round).And.NotContain(line => line.AmountMinor <= 0, round);
            return Task.CompletedTask;
        });
    }
}
