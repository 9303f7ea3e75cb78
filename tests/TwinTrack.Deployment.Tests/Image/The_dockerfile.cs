using TwinTrack.Deployment.Tests.Tools;
using TwinTrack.Running;

namespace TwinTrack.Deployment.Tests.Image;

public sealed class The_dockerfile
{
    private static readonly string Path = Repository.PathOf("Dockerfile");

    [Fact]
    public void Ends_in_a_small_image_that_runs_as_nobody_in_particular()
    {
        var steps = DockerSteps.Read(Path);
        var final = steps.Skip(steps.ToList().FindLastIndex(step => step.Word == "FROM")).ToList();

        final[0].Said.Should().Contain("aspnet").And.Contain("chiseled");
        final.Should().Contain(("USER", "1654:1654")).And.Contain(("ENTRYPOINT", "[\"/app/run\"]"));
        final.Should().NotContain(step => step.Word == "RUN", "there is no shell in it");
        final.Single(step => step.Word == "ENV").Said.Should().Contain("data=/data");
        steps.Where(step => step.Word is "ARG" or "ENV").Should().NotContain(
            step => step.Said.Contains("PASSWORD") || step.Said.Contains("SECRET") || step.Said.Contains("TOKEN="));
    }

    [Fact]
    public void Ignores_what_the_stand_in_for_the_engine_ignores()
    {
        // The steps below are done without Docker, by a table of names; it must be the file that Docker reads.
        var lines = File.ReadAllLines(Repository.PathOf(".dockerignore"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Replace("**/", "", StringComparison.Ordinal)).Distinct();

        lines.Should().BeEquivalentTo("artifacts", "bin", "obj", "node_modules", ".git", ".ci", ".vs", ".idea", ".env",
            "data", "docs", "charts", "tests", "*.md", "secrets");
    }

    /// <summary>
    /// The test needs no Docker engine. It runs the lines of the build stages in folders: restore from project files,
    /// publish without restore, one entry point. Then the result runs from a folder without write access.
    /// </summary>
    [Fact]
    public async Task Builds_a_program_that_runs_where_it_may_not_write()
    {
        var work = Directory.CreateTempSubdirectory("twintrack-");
        try
        {
            var docker =
                new DockerSteps(Repository.Root, work.FullName,
                    new Dictionary<string, string> { ["PROJECT"] = "services/Routing/TwinTrack.Routing" });
            await docker.DoUntilAsync("final");

            var app = System.IO.Path.Combine(docker["build"], "app");
            Directory.Exists(System.IO.Path.Combine(docker["build"], "volumes", "data")).Should().BeTrue();
            Directory.EnumerateFiles(docker["projects"], "*.cs", SearchOption.AllDirectories).Should()
                .BeEmpty("a change of code must not undo the layer of the restore");
            MakeReadOnly(app);
            await AnswersAsync(System.IO.Path.Combine(app, "run"), app, work.FullName);
        }
        finally
        {
            MakeWritable(work.FullName);
            work.Delete(recursive: true);
        }
    }

    private static async Task AnswersAsync(string program, string folder, string data)
    {
        var address = FreePort.Next();
        var own = Directory.CreateDirectory(System.IO.Path.Combine(data, "volume")).FullName;
        OpenTo(own, data);
        // Root may write anywhere, whatever the modes say: become the image's user.
        string[] become = Environment.UserName == "root"
            ? [CommandRun.Find("setpriv")
                ?? throw Xunit.Sdk.SkipException.ForSkip(
                    "setpriv is not installed, so root cannot try what a user may not."), "--reuid=1654",
                    "--regid=1654", "--clear-groups"]
            : [];
        string[] line = [.. become, program, "--urls", address.GetLeftPart(UriPartial.Authority), "--data", own,
            "--Logging:LogLevel:Default", "Warning"];
        await using var process = ChildProcess.Start(
            "program",
            CommandRun.Describe(line[0], folder, line[1..], ("DOTNET_EnableDiagnostics", "0"), ("HOME", own)),
            data);
        await process.ReadyAsync(
            cancel => ChildProgram.AnswersAsync(address, "/health", cancel), CancellationToken.None);
    }

    private static void OpenTo(string own, string above)
    {
        File.SetUnixFileMode(
            above, File.GetUnixFileMode(above) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(own, (UnixFileMode)0b111_111_111);
    }

    private static void MakeReadOnly(string folder)
    {
        foreach (var file in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Append(folder))
        {
            if (File.ResolveLinkTarget(file, returnFinalTarget: false) is null)
            {
                File.SetUnixFileMode(
                    file, File.GetUnixFileMode(
                        file) & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
            }
        }
    }

    private static void MakeWritable(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(child, File.GetUnixFileMode(child) | UnixFileMode.UserWrite);
        }
    }
}
