using System.Text.RegularExpressions;
using TwinTrack.Deployment.Tests.Tools;
using TwinTrack.Running;

namespace TwinTrack.Deployment.Tests.Image;

/// <summary>
/// Executes the steps of a Dockerfile's stages in folders, without Docker. COPY copies files that .dockerignore allows,
/// and RUN runs commands. Paths at the root become paths under <paramref name="work"/>/{stage}. Only the forms in our
/// Dockerfile are supported; any other is an error.
/// </summary>
internal sealed partial class DockerSteps(string context, string work, IReadOnlyDictionary<string, string> arguments)
{
    private static readonly string[] Ignored =
        ["artifacts", "bin", "obj", "node_modules", ".git", ".ci", ".vs", ".idea", ".env", "secrets", "data", "docs",
            "charts", "tests"];

    internal string this[string stage] => Path.Combine(work, stage);

    internal static IReadOnlyList<(string Word, string Said)> Read(string dockerfile) =>
        [.. File.ReadAllLines(dockerfile).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1]))];

    /// <summary>Does every step of the stages before the one named.</summary>
    internal async Task DoUntilAsync(string stage)
    {
        var (current, folder) = ("", "/");
        foreach (var (word, rest) in Read(Path.Combine(context, "Dockerfile")))
        {
            switch (word)
            {
                case "FROM":
                    current = rest.Split(" AS ")[1];
                    if (current == stage)
                    {
                        return;
                    }

                    Directory.CreateDirectory(this[current]);
                    break;
                case "WORKDIR":
                    folder = rest;
                    Directory.CreateDirectory(Inside(current, folder));
                    break;
                case "COPY" when CopyFromStage().Match(rest) is { Success: true } copy:
                    CopyFolder(Inside(copy.Groups[1].Value, copy.Groups[2].Value),
                        Inside(current, Path.Combine(folder, copy.Groups[3].Value)), static _ => true);
                    break;
                case "COPY" when rest == ". .":
                    CopyFolder(context, Inside(current, folder),
                        static name => !Ignored.Contains(name) && !name.EndsWith(".md", StringComparison.Ordinal));
                    break;
                case "RUN":
                    var line = RootPath().Replace(rest, match => Inside(current, match.Value));
                    (await CommandRun.RunAsync("/bin/sh", Inside(current, folder), ["-ec", line],
                        [.. arguments.Select(pair => (pair.Key, pair.Value))])).Succeeded();
                    break;
                case "ARG" or "ENV":
                    break;
                default:
                    throw new NotSupportedException($"{word} {rest}");
            }
        }
    }

    private string Inside(string stage, string path) =>
        Path.Combine(this[stage], path.TrimStart('/')).TrimEnd('.', '/');

    private static void CopyFolder(string from, string to, Func<string, bool> wanted)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(file => wanted(Path.GetFileName(file))))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var child in Directory.EnumerateDirectories(from).Where(child => wanted(Path.GetFileName(child))))
        {
            CopyFolder(child, Path.Combine(to, Path.GetFileName(child)), wanted);
        }
    }

    [GeneratedRegex(@"^--from=(\w+) (\S+) (\S+)$")]
    private static partial Regex CopyFromStage();

    [GeneratedRegex(@"(?<![\w./$""])/(app|volumes)\b")]
    private static partial Regex RootPath();
}
