using TwinTrack.Running;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// Prism, an independent mock server, with GSMA's own API file. It answers every order with random bodies. It calls
/// back twice, once with a success and once with a failure. If it is missing, the tests report that.
/// </summary>
internal sealed class Prism : IAsyncDisposable
{
    private const string Package = "@stoplight/prism-cli";
    private const string Version = "5.16.0";
    private const string Specification = "gsma/mobile-money-api-specification-1.2.0-disbursements.yaml";
    private readonly ChildProcess _process;

    private Prism(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Prism> StartAsync()
    {
        var specification = Conformance.File(Specification);
        var node =
            CommandRun.Find("node")
                ?? throw Xunit.Sdk.SkipException.ForSkip("node is not installed, so prism cannot run.");
        var folder = await NpmPackage.InstalledAsync(Package, Version);
        var work = Directory.CreateTempSubdirectory("twintrack-prism-").FullName;
        var file = Path.Combine(work, "gsma.yaml");
        // Prism looks a header of the request up by its lower-case name only.
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(specification)).Replace(
                "{$request.header.X-Callback-URL}", "{$request.header.x-callback-url}", StringComparison.Ordinal));
        var address = FreePort.Next();
        string[] arguments = [Path.Combine(folder, "node_modules", Package, "dist", "index.js"), "mock", "-h",
            "127.0.0.1", "-p", Invariant($"{address.Port}"), file];
        var process = ChildProcess.Start("prism", CommandRun.Describe(node, work, arguments), work);
        using var http = new HttpClient { BaseAddress = address };
        await process.ReadyAsync(cancel => AnswersAsync(http, cancel), CancellationToken.None);
        return new Prism(process, address);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Any answer will do: the mock knows no page without a body.</summary>
    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("/heartbeat", cancel);
            return true;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}
