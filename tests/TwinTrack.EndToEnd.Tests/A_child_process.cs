using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

public sealed class A_child_process : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("twintrack-child-").FullName;

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public async Task Is_waited_for_as_long_as_it_lives()
    {
        const int Asked = 10;
        var asked = 0;
        await using var process = Start("exec sleep 600");

        await process.ReadyAsync(_ => Task.FromResult(++asked == Asked), CancellationToken.None);

        asked.Should().Be(Asked);
    }

    [Fact]
    public async Task Is_not_waited_for_when_it_has_ended()
    {
        await using var process = Start("echo no disk; exit 3");

        var waiting = () => process.ReadyAsync(_ => Task.FromResult(false), CancellationToken.None);

        (await waiting.Should().ThrowAsync<CannotRunException>()).Which.Message.Should()
            .Contain("exit code 3").And.Contain("no disk");
    }

    [Fact]
    public async Task Is_not_waited_for_any_more_when_the_wait_is_cancelled()
    {
        await using var process = Start("exec sleep 600");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var waiting = () => process.ReadyAsync(_ => Task.FromResult(false), limit.Token);

        await waiting.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task That_runs_to_its_end_is_killed_when_the_wait_is_cancelled()
    {
        using var limit = new CancellationTokenSource();
        var file = Path.Combine(_work, "process-id");

        var running = CommandRun.RunAsync(
            CommandRun.Describe(
                "/bin/sh", _work, ["-c", $"echo $$ > {file}.new; mv {file}.new {file}; exec sleep 600"]),
            limit.Token);
        while (!File.Exists(file))
        {
            running.IsCompleted.Should().BeFalse("it sleeps for ten minutes");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await limit.CancelAsync();

        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
        Directory.Exists($"/proc/{(await File.ReadAllTextAsync(file)).Trim()}/cwd").Should().BeFalse();
    }

    [Fact]
    public void Is_named_every_ten_seconds_while_it_is_waited_for()
    {
        var clock = new SteppedClock();
        var lines = new List<string>();
        var report = new WaitingReport("postgres to answer", "postgres.log", clock, lines.Add);

        for (var second = 0; second < 90; second++)
        {
            report.Tell();
            clock.Step();
        }

        lines.Should().HaveCount(8).And.OnlyContain(line => line.Contains("Waiting for postgres to answer"))
            .And.OnlyContain(line => line.Contains("postgres.log"));
    }

    private ChildProcess Start(string script) =>
        ChildProcess.Start("child", CommandRun.Describe("/bin/sh", _work, ["-c", script]), _work);

    /// <summary>A second a step.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public void Step() => _seconds++;

        public override long GetTimestamp() => _seconds;
    }
}
