using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney;
using TwinTrack.Providers.Tests.MobileMoney;
using TwinTrack.Simulators;
using TwinTrack.Simulators.MobileMoney;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>How one mobile money profile is met.</summary>
/// <param name="Settings">Beside baseUrl and callbackBase.</param>
/// <param name="Unlisted">What is answered with a word that no table lists, from "METHOD /path?query".</param>
/// <param name="TwoSteps">The operator's batches wait for approval.</param>
/// <param name="Undoes">What it calls a recall is the return of what was paid.</param>
internal sealed record OperatorForm((string Name, string Value)[] Settings,
    Func<string, (int Status, string Body)> Unlisted, bool TwoSteps = false, bool Undoes = false);

/// <summary>A mobile money operator of some profile, and the adapter, over real HTTP.</summary>
internal sealed class OperatorRig(OperatorForm form) : Rig
{
    private readonly ConcurrentQueue<Document> _callbacks = [];
    private readonly ConcurrentBag<IAsyncDisposable> _hosts = [];
    private readonly ConcurrentBag<HttpMessageHandler> _wires = [];
    private MobileMoneySimulator? _operator;
    private ScriptedOperator? _we;

    public override Connection Connection => To(_operator!.Address);

    public override ProviderLedger Ledger => _operator!.Ledger;

    public override bool Undoes => form.Undoes;

    public override IReadOnlyList<Document> Callbacks => [.. _callbacks];

    public override IReadOnlyList<string> Silences { get; } =
        ["time-out", "500", "503", "404", "429", "401", "302", "cut connection", "cut answer", "no connection",
            "empty 200", "html 200"];

    public override async Task StartAsync(SimulatorOptions options)
    {
        _we = await ScriptedOperator.StartAsync((http, asked) =>
        {
            // The last segment names the unit, as our callback tokens do.
            _callbacks.Enqueue(
                new Document("callback " + asked.Split(' ', '/', '?')[2],
                    Encoding.UTF8.GetBytes((string)http.Items["body"]!)));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        _hosts.Add(_we);
        _operator = await MobileMoneySimulator.StartAsync(
            options with { TwoSteps = form.TwoSteps }, TimeProvider.System);
        _hosts.Add(_operator);
    }

    public override Task SettleLateAsync()
    {
        _operator!.SettleLate();
        return Task.CompletedTask;
    }

    public override async Task<Connection> SilentAsync(string silence)
    {
        if (silence == "no connection")
        {
            return To(new Uri("http://127.0.0.1:9"));
        }

        return await ScriptedAsync(async http =>
        {
            switch (silence)
            {
                case "time-out":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
                    break;
                case "cut connection":
                    http.Abort();
                    break;
                case "cut answer":
                    http.Response.ContentLength = 5_000;
                    await http.Response.WriteAsync("{\"status\":\"FAILED\"", http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                    http.Abort();
                    break;
                case "empty 200":
                    break;
                case "html 200":
                    await http.Response.WriteAsync("<html>failed</html>", http.RequestAborted);
                    break;
                default:
                    http.Response.StatusCode = int.Parse(silence, System.Globalization.CultureInfo.InvariantCulture);
                    break;
            }
        });
    }

    public override async Task<(Connection Connection, IReadOnlyList<Document> Documents)> UnlistedAsync(Unit unit) =>
        (await ScriptedAsync(async http =>
    {
        (http.Response.StatusCode, var body) =
            form.Unlisted($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        await http.Response.WriteAsync(body.Replace("{order}", unit.Orders[0].Reference, StringComparison.Ordinal),
            http.RequestAborted);
    }), []);

    public override Unit Unit(int number, int orders)
    {
        var unit = OurSide.Unit(number, orders, amountMinor: 15_000);
        return unit with { CallbackToken = unit.Reference };
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        foreach (var wire in _wires)
        {
            wire.Dispose();
        }
    }

    protected override IProviderAdapter Make(TimeSpan patience)
    {
        var wire = MobileMoneyAdapter.NoRedirects();
        _wires.Add(wire);
        return new MobileMoneyAdapter(wire, patience, TimeProvider.System);
    }

    /// <summary>Logs us in, so that it is the order itself that meets what is scripted.</summary>
    private async Task<Connection> ScriptedAsync(Func<HttpContext, Task> answer)
    {
        var host = await ScriptedOperator.StartAsync(async (http, asked) =>
        {
            http.Response.ContentType = "application/json";
            await (asked.Contains("token", StringComparison.Ordinal)
                || asked.Contains("oauth", StringComparison.Ordinal)
                ? http.Response.WriteAsync("""{"access_token":"t","token_type":"Bearer","expires_in":3600}""",
                    http.RequestAborted)
                : answer(http));
        });
        _hosts.Add(host);
        return To(host.Address);
    }

    private Connection To(Uri address) =>
        OurSide.Connection(address, "KES", [.. form.Settings, ("callbackBase", _we!.Address.ToString())]);
}
