using System.Globalization;
using System.Text.Json;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// One cycle with a switch in its middle, as repeatable steps. After a crash in a step, the next host runs the same
/// step again with the same idempotency keys.
/// </summary>
internal sealed class Script(Providers providers, int households, Func<string>? callbackBase = null)
{
    private const string Programme = "PSN";
    private static readonly string[] Track1 = ["t1-momo", "t1-bank"];

    private const string ValiditySeconds = "2";

    private readonly Dictionary<string, byte[]> _statements = [];
    private string _cycle = "";
    private string _batch = "";
    private string _switch = "";
    private string _hash = "";

    public string Batch => _batch;

    public string Cycle => _cycle;

    public string Switch => _switch;

    public IReadOnlyList<(string Name, Func<Caller, Task> Do)> Steps =>
    [
        ("areas", call => call.UploadAsync("admin", "/enrolments/areas", Registry.Areas)),
        ("channels", ChannelsAsync),
        ("import", ImportAsync),
        ("enrol", EnrolAsync),
        ("programme", ProgrammeAsync),
        ("cycle", CycleAsync),
        ("close", CloseCycleAsync),
        ("batch", BatchAsync),
        ("approve", ApproveAsync),
        ("release", ReleaseAsync),
        ("pause", PauseAsync),
        ("propose", ProposeAsync),
        ("vote", VoteAsync),
        ("watch", WatchAsync),
        ("settle late", _ => providers.SettleLateAsync()),
        ("lapse", LapseAsync),
        ("statements 1", call => StatementsAsync(call, 1)),
        ("settle all", SettleAllAsync),
        ("close switch", CloseSwitchAsync),
        ("statements 2", call => StatementsAsync(call, 2)),
        ("certify", CertifyAsync),
    ];

    private async Task ChannelsAsync(Caller call)
    {
        await ChannelAsync(call, "t1-momo", "mobile_money", 1, ["mobile"], []);
        await ChannelAsync(call, "t1-bank", "bank", 1, ["bank"], []);
        await ChannelAsync(call, "t2-agency", "agency", 2, ["mobile", "bank", "cash"], ["NE003"]);
        var pace =
            new Dictionary<string, string>
            {
                ["unitMax"] = "4",
                ["paymentsPerSecond"] = "40",
                ["askEverySeconds"] = "0.1",
                ["inDoubtAfterSeconds"] = "1",
                ["validitySeconds"] = ValiditySeconds
            };
        await ConnectAsync(call, "t1-momo", pace, ("baseUrl", providers.MobileMoney.ToString().TrimEnd('/')),
            ("apiKey", "key"), ("callbackBase", callbackBase?.Invoke() ?? "http://127.0.0.1:9/providers/callbacks"),
            ("mode", "batch"));
        await ConnectAsync(call, "t1-bank", pace, ("directory", providers.BankFolder), ("debtorName", "Treasury"),
            ("debtorAccount", "TRESOR0001"), ("debtorBic", "SONIBNENXXX"));
        await ConnectAsync(call, "t2-agency", pace, ("directory", providers.AgencyFolder), ("agencyName", "Agency"),
            ("partnerUsers", "partner"));
        await call.PutAsync("admin", "/routing/table", new
        {
            rows = new[]
            {
                new { area = "*", programme = "*", instrument = "mobile", channels = new[] { "t1-momo", "t2-agency" } },
                new { area = "*", programme = "*", instrument = "bank", channels = new[] { "t1-bank", "t2-agency" } },
            },
        });
        await call.PutAsync("admin", $"/routing/protocols/{Programme}", new
        {
            currency = "XOF",
            reasons = new[] { "funds_suspended", "return" },
            proposerRoles = new[] { "operator" },
            quorum = new { government = 1, partner = 1 },
            proposalValidHours = 72,
            watchSeconds = 3_600,
        });
    }

    private static Task ChannelAsync(Caller call, string code, string adapter, int track, string[] instruments,
        string[] areas) =>
        call.PutAsync("admin", $"/routing/channels/{code}", new
        {
            provider = code,
            adapter,
            track,
            instruments,
            areas,
            currency = "XOF",
            capacityPerHour = 36_000,
            contractModel = track == 1 ? "government" : "donor",
        });

    private static Task ConnectAsync(Caller call, string channel, Dictionary<string, string> pace,
        params (string Key, string Value)[] settings) =>
        call.PutAsync("admin", $"/providers/connections/{channel}",
            new
            {
                settings = pace.Concat(settings.Select(one => KeyValuePair.Create(one.Key, one.Value)))
                .ToDictionary()
            });

    private async Task ImportAsync(Caller call)
    {
        var import =
            (await call.UploadAsync("registrar", "/enrolments/imports?name=registry.csv",
                Registry.Csv(households))).Text("id");
        await call.UntilAsync("registrar", $"/enrolments/imports/{import}", seen => seen.Text("state") == "Completed");
    }

    private static async Task EnrolAsync(Caller call)
    {
        var run = (await call.PostAsync("registrar", $"/enrolments/programmes/{Programme}/enrolments", new { })).Text(
            "id");
        await call.UntilAsync("registrar", $"/enrolments/enrolments/{run}", seen => seen.Text("state") == "Completed");
    }

    private static async Task ProgrammeAsync(Caller call)
    {
        await call.PutAsync("admin", $"/entitlements/programmes/{Programme}",
            new { name = "Safety net", currency = "XOF" });
        await call.PostAsync("manager", $"/entitlements/programmes/{Programme}/parameters",
            new
            {
                @base = new
                {
                    baseMinor = 15_000,
                    perMemberMinor = 2_500,
                    membersMax = 8,
                    fundingSource = "treasury"
                }
            });
        await call.PostAsync("finance", "/payments/funds",
            new { programme = Programme, fundingSource = "treasury", amountMinor = 50_000_000, currency = "XOF" });
    }

    private async Task CycleAsync(Caller call)
    {
        _cycle = (await call.PostAsync("manager", "/entitlements/cycles",
            new { programme = Programme, period = "2026-11", asOf = "2026-11-01" })).Text("id");
        await call.UntilAsync("manager", $"/entitlements/cycles/{_cycle}", seen => seen.Text("state") == "Calculated");
    }

    private async Task CloseCycleAsync(Caller call)
    {
        await call.PostAsync("manager", $"/entitlements/cycles/{_cycle}/close");
        await call.UntilAsync("manager", $"/payments/cycles/{_cycle}", seen => seen.Text("state") == "Ready");
    }

    private async Task BatchAsync(Caller call)
    {
        _batch = (await call.PostAsync("manager", "/payments/batches", new { cycleId = _cycle })).Text("id");
        var planned =
            await call.UntilAsync("manager", $"/payments/batches/{_batch}", seen => seen.Text("state") != "Planning");
        _hash = planned.Text("contentHash");
    }

    private async Task ApproveAsync(Caller call)
    {
        var steps = (await call.GetAsync("manager", $"/payments/batches/{_batch}")).GetProperty("stepsRequired")
            .GetInt32();
        for (var step = 1; step <= steps; step++)
        {
            await call.PostAsync(Invariant($"approver{step}"), $"/payments/batches/{_batch}/approvals",
                new { contentHash = _hash });
        }
    }

    private async Task ReleaseAsync(Caller call)
    {
        await call.PostAsync("finance", $"/payments/batches/{_batch}/release", new { contentHash = _hash });
        // Some of it out, some of it not: the moment at which national payments are suspended.
        await call.UntilAsync("operator", "/providers/channels",
            seen => Channels(seen, Track1).All(channel => channel.GetProperty("lastSequence").GetInt64() >= 4));
    }

    private static async Task PauseAsync(Caller call)
    {
        foreach (var channel in Track1)
        {
            await call.PostAsync("operator", $"/routing/channels/{channel}/pause",
                new { reason = "payments suspended" });
        }

        await call.UntilAsync("operator", "/routing/channels", seen =>
            seen.GetProperty("items").EnumerateArray().Where(channel => Track1.Contains(channel.Text("code")))
                .All(channel => channel.Text("gate") == "Closed"));
    }

    private async Task ProposeAsync(Caller call)
    {
        _switch =
            (await call.PostAsync("operator", "/routing/switches",
                new
                {
                    programme = Programme,
                    cycleId = _cycle,
                    areas = Array.Empty<string>(),
                    fromChannels = Track1,
                    toTrack = 2,
                    reason = "funds_suspended"
                })).Text("id");
        await call.PostAsync("operator", $"/routing/switches/{_switch}/rehearsals");
        await call.UntilAsync("operator", $"/routing/switches/{_switch}",
            seen => seen.GetProperty("hash").ValueKind == JsonValueKind.String);
    }

    private async Task VoteAsync(Caller call)
    {
        var hash = (await call.GetAsync("operator", $"/routing/switches/{_switch}")).Text("hash");
        foreach (var chair in new[] { "cochair.gov", "cochair.un" })
        {
            await call.PostAsync(chair, $"/routing/switches/{_switch}/votes",
                new { hash, approve = true, confirmReach = true });
        }
    }

    private async Task WatchAsync(Caller call) =>
        await call.UntilAsync("operator", $"/routing/switches/{_switch}",
            seen => seen.Text("state") is "Paying" or "Watching" or "Closed");

    /// <summary>
    /// Waits until the validity of the last order of Track 1 is over. From then on, a statement without the order
    /// proves that it was never executed.
    /// </summary>
    private async Task LapseAsync(Caller call)
    {
        var channels = (await call.GetAsync("operator", $"/routing/switches/{_switch}")).GetProperty("channels")
            .EnumerateArray();
        var stopped = channels.Max(channel => channel.GetProperty("provedAt").GetDateTimeOffset());
        var left = stopped.AddSeconds(double.Parse(ValiditySeconds, CultureInfo.InvariantCulture))
            - TimeProvider.System.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left + TimeSpan.FromMilliseconds(50));
        }
    }

    private async Task StatementsAsync(Caller call, int round)
    {
        foreach (var channel in new[] { "t1-momo", "t1-bank", "t2-agency" })
        {
            var key = Invariant($"{channel}-{round}");
            if (!_statements.ContainsKey(key) && await providers.StatementAsync(channel) is { } fetched)
            {
                // Fetched once: the provider marks what it has shown.
                _statements[key] = fetched;
            }

            if (_statements.TryGetValue(key, out var statement))
            {
                var id = (await call.UploadAsync(
                    "reconciler", $"/providers/channels/{channel}/statements?name={key}", statement,
                    "application/octet-stream")).Text("id");
                await call.UntilAsync("reconciler", $"/providers/statements/{id}",
                    seen => seen.Text("state") == "Applied");
                await call.UntilAsync("reconciler", $"/reconciliation/statements/{id}",
                    seen => seen.Text("state") == "Matched");
            }
        }
    }

    private async Task SettleAllAsync(Caller call) =>
        await call.UntilAsync("operator", $"/payments/batches/{_batch}/report", seen =>
            seen.GetProperty("inDoubt").GetProperty("count").GetInt32() == 0
            && seen.GetProperty("underWay").GetProperty("count").GetInt32() == 0
            && seen.GetProperty("unpaid").EnumerateObject()
                .All(reason => reason.Name.StartsWith("no_channel", StringComparison.Ordinal)));

    /// <summary>
    /// The operator closes the switch after all returns of the statements have been applied. If its window ended
    /// earlier, later returns would stay unpaid with that reason.
    /// </summary>
    private async Task CloseSwitchAsync(Caller call) => await TestHost.Until(
        async () =>
        {
            try
            {
                return (await call.PostAsync("operator", $"/routing/switches/{_switch}/close")).Text("state");
            }
            catch (RefusedException refused) when ((int)refused.Status is 409 or 422)
            {
                return refused.Message;
            }
        },
        state => state == "Closed");

    /// <summary>
    /// Signs as soon as it adds up, and again should Payments refuse; done when Payments has closed the batch. Each
    /// signature is an act of its own.
    /// </summary>
    private async Task CertifyAsync(Caller call)
    {
        var path = $"/reconciliation/batches/{_batch}";
        var acts = 0;
        await TestHost.Until(
            async () =>
            {
                try
                {
                    // Not known until the news of its release has come: what a broker lost is said again after twenty
                    // seconds.
                    var state = (await call.GetAsync("reconciler", path)).Text("state");
                    return state == "Open"
                        ? (await call.PostAsync("reconciler", $"{path}/certificate", act: ++acts)).Text("state")
                        : state;
                }
                catch (RefusedException refused) when ((int)refused.Status is 404 or 422)
                {
                    return refused.Message;
                }
            },
            state => state == "Certified");
    }

    private static IEnumerable<JsonElement> Channels(JsonElement page, string[] codes) =>
        page.GetProperty("items").EnumerateArray().Where(channel => codes.Contains(channel.Text("channel")));
}

internal static class JsonText
{
    public static string Text(this JsonElement element, string property) =>
        element.GetProperty(property).GetString() ?? "";
}
