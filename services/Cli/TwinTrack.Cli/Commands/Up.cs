using System.CommandLine;
using TwinTrack.Cli.Demo;
using TwinTrack.Cli.Running;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>up: the embedded host on this machine, with demo users; optionally with simulated providers.</summary>
internal static class Up
{
    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "Where everything is kept.",
        DefaultValueFactory = static _ => new DirectoryInfo("data"),
    };

    private static readonly Option<string> Address = new("--urls")
    {
        Description = "Where to listen.",
        DefaultValueFactory = static _ => "http://127.0.0.1:5080",
    };

    private static readonly Option<bool> Simulators = new("--simulators")
    {
        Description = "Also start simulated providers (bank, mobile money, cash agents, partner agency) and connect the channels t1-bank, t1-momo, t1-cash and t2-agency to them.",
    };

    public static Command Build()
    {
        var command = new Command("up", "Run everything in one process on this machine, until Ctrl-C.") { Data, Address, Simulators };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var story = new Story(json: false);
        var data = parsed.GetRequiredValue(Data);
        data.Create();
        var address = Remote.RemoteOptions.Address(parsed.GetRequiredValue(Address));
        await using var host = new EmbeddedHost(data.FullName, address, data.FullName);
        await host.StartAsync(cancel);
        var simulators = new List<Simulator>();
        try
        {
            if (parsed.GetValue(Simulators))
            {
                await Tracks.StartAsync(simulators, Path.Combine(data.FullName, "simulators"), seed: 1, Tracks.GoodTempers, cancel);
                await ConnectAsync(address, simulators, cancel);
            }

            Tell(story, address, data, simulators);
            await UntilEndedAsync(host.Running, cancel);
            story.Line($"The host ended by itself. Its last words:\n{host.Running.LastLines()}");
            return ExitCode.DoesNotHold;
        }
        catch (OperationCanceledException)
        {
            story.Line("Stopping.");
            await host.Running.StopAsync();
            return ExitCode.Ok;
        }
        finally
        {
            foreach (var simulator in simulators)
            {
                await simulator.DisposeAsync();
            }
        }
    }

    private static async Task ConnectAsync(Uri address, List<Simulator> simulators, CancellationToken cancel)
    {
        using var people = new People(address, TimeSpan.FromSeconds(5));
        await people.LogInAsync(cancel);
        await Tracks.RegisterAsync(people.Admin, address, simulators, static _ => Pace.Unhurried, cancel);
    }

    private static async Task UntilEndedAsync(ChildProgram host, CancellationToken cancel)
    {
        while (!host.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancel);
        }
    }

    private static void Tell(Story story, Uri address, DirectoryInfo data, List<Simulator> simulators)
    {
        story.Chapter($"TwinTrack is up at {address}");
        story.Say($"data     {data.FullName} (delete the folder to start afresh); log {Path.Combine(data.FullName, "host.log")}");
        story.Say($"users    {string.Join(' ', People.Names)}");
        story.Say($"password {People.Password} (demonstration accounts: never on a machine that others reach)");
        story.Say($"API      {new Uri(address, "/openapi/payments.json")} and the same for {string.Join(", ", Remote.AuditChain.Services.Where(service => service != "payments"))}");
        foreach (var simulator in simulators)
        {
            story.Say($"provider {simulator.Channel,-9} simulated ({simulator.Kind}) at {simulator.Address}, files in {simulator.Folder}");
        }

        story.Chapter("Next, in another terminal");
        story.Say($"./twintrack login admin --password {People.Password} --host {address.GetLeftPart(UriPartial.Authority)}");
        story.Say("./twintrack registry areas AREAS.csv, then as registrar: ./twintrack registry import REGISTRY.csv");
        story.Say("./twintrack --help lists the rest. Ctrl-C ends it; what was accepted goes on when it is started again.");
    }
}
