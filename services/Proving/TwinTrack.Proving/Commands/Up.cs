using System.CommandLine;
using System.Net;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Platform.Storage;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// up: the whole system on this machine, with demo users; in one process or in many, optionally with simulated
/// providers.
/// </summary>
internal static class Up
{
    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "The folder for all data.",
        DefaultValueFactory = static _ => new DirectoryInfo("data"),
    };

    private static readonly Option<string> Address = new("--urls")
    {
        Description = "Where to listen.",
        DefaultValueFactory = static _ => "http://127.0.0.1:5080",
    };

    private static readonly Option<bool> Simulators = new("--simulators")
    {
        Description =
            "Also start simulated providers (bank, mobile money, cash agents, partner agency) and connect the channels "
                + "t1-bank, t1-momo, t1-cash and t2-agency to them.",
    };

    private static readonly StackChoice Choice = new();

    public static Command Build()
    {
        var command =
            new Command(
                "up", "Run everything on this machine, until Ctrl-C: in one process or, with --stack, as in "
                    + "production.") { Data, Address, Simulators };
        Choice.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var story = new Story(json: false);
        var data = parsed.GetRequiredValue(Data);
        var address = RemoteOptions.Address(parsed.GetRequiredValue(Address));
        if (!FreePort.IsFree(address))
        {
            throw new UsageException(
                $"Another program listens at {address}. End it, or choose another address with --urls.");
        }

        using var claim = Claim(data);
        var simulators = new List<Simulator>();
        await using var system = await SystemOf(Choice.Of(parsed), data, address, story, cancel);
        try
        {
            await system.StartAsync(cancel);
            if (parsed.GetValue(Simulators))
            {
                await DemoChannels.StartAsync(
                    simulators, Path.Combine(data.FullName, "simulators"), seed: 1, DemoChannels.NoFaults, cancel);
                await ConnectAsync(address, simulators, story, cancel);
            }

            Tell(story, system, data, simulators);
            story.Line(await UntilEndedAsync(system, cancel));
            return ExitCode.DoesNotHold;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            story.Line("Stopping.");
            await system.StopAsync();
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

    private static async Task<IRunningSystem> SystemOf(
        int? copies, DirectoryInfo data, Uri address, Story story, CancellationToken cancel) =>
        copies is { } number
            ? await Stack.MakeAsync(
                new StackOptions(data.FullName, Path.Combine(data.FullName, "logs"), address,
                    number)
                { Tell = story.Line }, cancel)
            : new EmbeddedHost(data.FullName, address, data.FullName);

    /// <summary>Refuses a folder that is in use before anything in it is touched.</summary>
    private static FolderClaim Claim(DirectoryInfo data)
    {
        if (File.Exists(data.FullName))
        {
            throw new UsageException($"{data.FullName} is a file and not a folder. Name a folder with --data.");
        }

        try
        {
            return FolderClaim.TakeWhole(data.FullName, "up");
        }
        catch (FolderInUseException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static async Task ConnectAsync(
        Uri address, List<Simulator> simulators, Story story, CancellationToken cancel)
    {
        using var people = new People(address, DemoOptions.PatienceDefault);
        try
        {
            await people.LogInAsync(cancel);
        }
        catch (ApiRefusal refusal) when (refusal.Status == HttpStatusCode.Unauthorized)
        {
            story.Line("A demonstration account has another password by now: channels are left as they are.");
            return;
        }

        var kept = await DemoChannels.RegisterAsync(
            people.Admin, address, simulators, static simulator => simulator.Address,
            static _ => ChannelPace.Unhurried, [], cancel);
        if (kept.Count > 0)
        {
            story.Line($"Left as they are: {string.Join(", ", kept)}.");
        }
    }

    private static async Task<string> UntilEndedAsync(IRunningSystem system, CancellationToken cancel)
    {
        string? ended;
        while ((ended = system.Ended()) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancel);
        }

        return ended;
    }

    private static void Tell(Story story, IRunningSystem system, DirectoryInfo data, List<Simulator> simulators)
    {
        story.Chapter($"TwinTrack is up at {system.Address}");
        story.Say($"data     {data.FullName} (delete the folder to start afresh)");
        if (system is Stack stack)
        {
            story.Say($"logs     {Path.Combine(data.FullName, "logs")}, one a process");
            story.Say(
                $"servers  PostgreSQL at {stack.Postgres.Address}, database {PostgresCluster.Database}, a schema a "
                    + $"service; RabbitMQ at {stack.Rabbit.Address}");
            foreach (var copy in stack.Copies)
            {
                story.Say(Invariant($"process  {copy.Name,-16} {copy.ProcessId,7}  {copy.Address}"));
            }
        }
        else
        {
            story.Say($"log      {Path.Combine(data.FullName, "host.log")}");
        }

        story.Say($"users    {string.Join(' ', People.Names)}");
        story.Say($"password {People.Password} (demonstration accounts: never on a machine that others reach)");
        TellApi(story, system);
        foreach (var simulator in simulators)
        {
            story.Say(
                $"provider {simulator.Channel,-9} simulated ({simulator.Kind}) at {simulator.Address}, files in "
                    + $"{simulator.Folder}");
        }

        story.Chapter("Next, in another terminal");
        story.Say(
            $"./twintrack login admin --password {People.Password} --host "
                + $"{system.Address.GetLeftPart(UriPartial.Authority)}");
        story.Say("./twintrack registry areas AREAS.csv, then as registrar: ./twintrack registry import REGISTRY.csv");
        story.Say(
            "./twintrack --help lists the rest. Ctrl-C ends it; what was accepted goes on when it is started again.");
    }

    private static void TellApi(Story story, IRunningSystem system)
    {
        if (system is not Stack)
        {
            story.Say($"docs     {new Uri(system.Address, "/docs")} (every operation, with examples)");
            story.Say(
                $"API      {new Uri(system.Address, "/openapi/payments.json")} and the same for "
                    + $"{string.Join(", ", ServiceNames.All.Where(service => service != "payments"))}");
        }
    }
}
