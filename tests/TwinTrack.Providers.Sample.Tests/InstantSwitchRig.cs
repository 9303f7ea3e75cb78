using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Compliance;
using TwinTrack.Providers.Tests.MobileMoney;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Sample.Tests;

// <rig>
/// <summary>What the compliance suite needs to hold the switch's adapter to its rules.</summary>
internal sealed class InstantSwitchRig : Rig
{
    private readonly ConcurrentQueue<Document> _callbacks = [];
    private readonly ConcurrentBag<IAsyncDisposable> _hosts = [];
    private readonly ConcurrentBag<HttpClient> _clients = [];
    private InstantSwitchSimulator? _switch;
    private ScriptedOperator? _we;

    public override Connection Connection => To(_switch!.Address);

    public override ProviderLedger Ledger => _switch!.Ledger;

    public override IReadOnlyList<Document> Callbacks => [.. _callbacks];

    public override IReadOnlyList<string> Silences { get; } =
        ["time-out", "500", "404", "429", "401", "302", "cut connection", "no connection", "empty 200", "html 200"];

    public override async Task StartAsync(SimulatorOptions options)
    {
        _we = await ScriptedOperator.StartAsync((http, asked) =>
        {
            _callbacks.Enqueue(new Document("callback " + asked.Split(' ', '/', '?')[2],
                Encoding.UTF8.GetBytes((string)http.Items["body"]!)));
            return Task.CompletedTask;
        });
        _switch = await InstantSwitchSimulator.StartAsync(options);
        _hosts.Add(_we);
        _hosts.Add(_switch);
    }

    public override Task SettleLateAsync() => _switch!.SettleLateAsync();

    public override async Task<Connection> SilentAsync(string silence) =>
        silence == "no connection" ? To(new Uri("http://127.0.0.1:9")) : await ScriptedAsync(async (http, _) =>
        {
            switch (silence)
            {
                case "time-out":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
                    break;
                case "cut connection":
                    http.Abort();
                    break;
                case "empty 200":
                    break;
                case "html 200":
                    await http.Response.WriteAsync("<html>RJCT</html>", http.RequestAborted);
                    break;
                default:
                    http.Response.StatusCode = int.Parse(silence, CultureInfo.InvariantCulture);
                    break;
            }
        });

    public override async Task<(Connection Connection, IReadOnlyList<Document> Documents)> UnlistedAsync(Unit unit) =>
        (await ScriptedAsync((http, asked) => http.Response.WriteAsJsonAsync(
            new { reference = ReferenceIn(http, asked), status = "EXPLODED" })), []);

    public override Unit Unit(int number, int orders)
    {
        var unit = OurSide.Unit(number, orders, amountMinor: 15_000);
        return unit with { CallbackToken = unit.Reference };
    }
    // </rig>

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    protected override IProviderAdapter Make(TimeSpan patience)
    {
        var http = new HttpClient(InstantSwitchAdapter.NoRedirects()) { Timeout = patience };
        _clients.Add(http);
        return new InstantSwitchAdapter(http);
    }

    private static string? ReferenceIn(HttpContext http, string asked) =>
        asked.StartsWith("GET", StringComparison.Ordinal) ? asked.Split('/')[^1]
            : System.Text.Json.Nodes.JsonNode.Parse((string)http.Items["body"]!)!["reference"]!.GetValue<string>();

    private async Task<Connection> ScriptedAsync(Func<HttpContext, string, Task> answer)
    {
        var host = await ScriptedOperator.StartAsync(answer);
        _hosts.Add(host);
        return To(host.Address);
    }

    private Connection To(Uri address) => OurSide.Connection(
        address, "KES", ("plainHttp", "true"), ("callbackBase", _we!.Address.ToString()));
}
