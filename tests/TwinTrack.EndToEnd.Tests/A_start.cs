using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Platform.Storage;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>What a start finds: a folder or an address in use, and what an administrator has set.</summary>
public sealed class A_start(RunningHost running) : IClassFixture<RunningHost>, IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("twintrack-start-").FullName;

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public async Task Is_refused_on_a_folder_in_use_and_touches_nothing()
    {
        using (FolderClaim.Take(_work, "up"))
        {
            var line = await UpAsync(_work, FreePort.Next());

            line.Code.Should().Be(ExitCode.Refused, line.All);
            line.Errors.Should().Contain(Invariant($"is in use by process {Environment.ProcessId} (up, since")).And
                .Contain("--data");
        }

        Directory.EnumerateFileSystemEntries(_work).Select(Path.GetFileName).Should().Equal("in-use");
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("routing")]
    public async Task Is_refused_while_a_service_uses_the_folder(string service)
    {
        using (FolderClaim.Take(_work, service))
        {
            var line = await UpAsync(_work, FreePort.Next());

            line.Code.Should().Be(ExitCode.Refused, line.All);
            line.Errors.Should().Contain($"({service}, since");
        }

        Directory.EnumerateFiles(_work, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should()
            .BeEquivalentTo($"{service}.lock", $"{service}.holder");
    }

    [Fact]
    public async Task Of_a_host_is_refused_before_it_writes_anything()
    {
        var data = Path.Combine(_work, "data");
        using var claim = FolderClaim.Take(data, "payments");
        await using var host = new EmbeddedHost(data, FreePort.Next(), _work);

        var starting = () => host.StartAsync(CancellationToken.None);

        (await starting.Should().ThrowAsync<CannotRunException>()).Which.Message.Should().Contain("(payments, since");
        Directory.EnumerateFileSystemEntries(data).Select(Path.GetFileName).Should().Equal("in-use");
    }

    [Fact]
    public async Task Is_refused_on_an_address_in_use_and_touches_nothing()
    {
        var data = Path.Combine(_work, "data");

        var line = await UpAsync(data, running.Host.Address);

        line.Code.Should().Be(ExitCode.Refused, line.All);
        line.Errors.Should().Contain("--urls");
        Directory.Exists(data).Should().BeFalse();
    }

    [Fact]
    public async Task Of_a_second_host_on_the_same_folder_is_refused()
    {
        await using var second = new EmbeddedHost(running.Host.Data, FreePort.Next(), _work);

        var starting = () => second.StartAsync(CancellationToken.None);

        (await starting.Should().ThrowAsync<CannotRunException>()).Which.Message.Should()
            .Contain(Invariant($"is in use by process {running.Host.Running.ProcessId} ("));
        running.Host.IsUp.Should().BeTrue();
    }

    [Fact]
    public async Task Leaves_what_an_administrator_has_set()
    {
        var simulators = new List<Simulator>();
        using var people = new People(running.Host.Address, TimeSpan.FromMinutes(1));
        await people.LogInAsync(CancellationToken.None);
        try
        {
            await DemoChannels.StartAsync(
                simulators, _work, seed: 1, DemoChannels.NoFaults, CancellationToken.None);
            (await RegisterAsync(people.Admin, simulators)).Should().BeEmpty("nothing was there");
            var changed = DemoChannels.Bank with { Provider = "Another bank" };
            await people.Admin.PutAsync(
                $"/routing/channels/{changed.Code}", changed.Contract, CancellationToken.None);
            var before = await SettingsAsync(people.Admin);

            var kept = await RegisterAsync(people.Admin, simulators);

            kept.Should().HaveCount((2 * DemoChannels.All.Length) + 1);
            before.Should().Contain("Another bank");
            (await SettingsAsync(people.Admin)).Should().Be(before);
        }
        finally
        {
            foreach (var simulator in simulators)
            {
                await simulator.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Finds_its_simulated_providers_where_they_were()
    {
        async Task<Uri> AddressAsync()
        {
            await using var simulator = await Simulator.StartAsync(
                "bank", "bank", _work, seed: 1, SimulatorFaults.Good, "key", CancellationToken.None);
            return simulator.Address;
        }

        (await AddressAsync()).Should().Be(await AddressAsync());
    }

    private Task<IReadOnlyList<string>> RegisterAsync(Api admin, List<Simulator> simulators) =>
        DemoChannels.RegisterAsync(
            admin, running.Host.Address, simulators, static simulator => simulator.Address,
            static _ => ChannelPace.Unhurried, [], CancellationToken.None);

    private static async Task<string> SettingsAsync(Api admin)
    {
        string[] paths = ["/routing/table", "/providers/connections"];
        var answers = new List<string>();
        foreach (var path in paths)
        {
            answers.Add((await admin.GetAsync(path, CancellationToken.None)).GetRawText());
        }

        var channels = (await admin.GetAsync("/routing/channels", CancellationToken.None)).List("items");
        answers.AddRange(channels.Select(channel => $"{channel.Require("code")} {channel.Require("provider")}"));
        return string.Join('\n', answers);
    }

    private static Task<CommandLine> UpAsync(string data, Uri address) => CommandLine.RunAsync(
        new Dictionary<string, string>(), "up", "--data", data, "--urls",
        address.GetLeftPart(UriPartial.Authority));
}
