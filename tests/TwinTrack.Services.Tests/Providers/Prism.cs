using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TwinTrack.Deployment.Tests.Tools;
using TwinTrack.Domain.Tests;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// Prism, a mock server of somebody else's making, on GSMA's own API file: it answers every order and calls back about
/// it twice, once with a success and once with a failure, with bodies made up at random. Absent, the tests say so
/// aloud.
/// </summary>
internal sealed class Prism : IAsyncDisposable
{
    private const string Package = "@stoplight/prism-cli";
    private const string Version = "5.16.0";
    private const string Specification = "gsma/mobile-money-api-specification-1.2.0-disbursements.yaml";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private Prism(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Prism> StartAsync()
    {
        var specification = Conformance.File(Specification);
        var node =
            Command.Find("node")
                ?? throw Xunit.Sdk.SkipException.ForSkip("node is not installed, so prism cannot run.");
        var folder = await NpmPackage.InstalledAsync(Package, Version);
        var work = Directory.CreateTempSubdirectory("twintrack-prism-").FullName;
        var file = Path.Combine(work, "gsma.yaml");
        // Prism looks a header of the request up by its lower-case name only.
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(specification)).Replace(
                "{$request.header.X-Callback-URL}", "{$request.header.x-callback-url}", StringComparison.Ordinal));
        var port = FreePort();
        var start = new ProcessStartInfo(node)
        {
            ArgumentList = { Path.Combine(folder, "node_modules", Package, "dist", "index.js"), "mock", "-h",
                "127.0.0.1", "-p", Invariant($"{port}"), file },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var prism = new Prism(process, new Uri(Invariant($"http://127.0.0.1:{port}")));
        await prism.UntilItAnswersAsync();
        return prism;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task UntilItAnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/heartbeat", limit.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
