using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Model;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// model: searches every course of fence and switch within bounds. Also shows that the search would find a missing
/// guard.
/// </summary>
internal static class RunModel
{
    private static readonly Option<int> Flips = Bound("--flips", "Pauses and resumptions by the operator.", 3);

    private static readonly Option<int> Crashes = Bound("--crashes", "Deaths of a copy between journal and answer.", 1);

    public static Command Build()
    {
        var command =
            new Command(
                "model", "Search every course of fence and switch within bounds: nobody paid twice, nobody lost, "
                    + "nothing leaves after a fence.") { Flips, Crashes };
        command.SetAction(static (parsed, cancel) =>
            RunAsync(new ModelBounds(parsed.GetValue(Flips), parsed.GetValue(Crashes)),
                parsed.GetValue(RemoteOptions.Json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ModelBounds bounds, bool json, CancellationToken cancel)
    {
        var story = new Story(json);
        if (!await SwitchModel.CanRunAsync(line => story.Say(line), cancel))
        {
            return ExitCode.Refused;
        }

        var results = new List<ModelResult>();
        foreach (var variant in SwitchModel.Variants.Keys.Prepend(null))
        {
            var result = await SwitchModel.RunAsync(variant, bounds, cancel);
            results.Add(result);
            story.Say(
                string.Create(CultureInfo.InvariantCulture,
                    $"{variant ?? "the model",-22} {Word(result),-14} {result.States,12:N0} states "
                        + $"{result.Seconds,7:0.0} s  {Meaning(result)}"));
        }

        if (json)
        {
            Console.Out.WriteLine(
                JsonSerializer.Serialize(new { bounds, results, holds = results.TrueForAll(result => result.Holds) },
                    JsonSerializerOptions.Web));
        }

        return results.TrueForAll(result => result.Holds) ? ExitCode.Ok : ExitCode.DoesNotHold;
    }

    private static string Word(ModelResult result) =>
        result.Variant is null ? (result.Holds ? "holds" : "DOES NOT HOLD") : result.Holds ? "found" : "NOT FOUND";

    private static string Meaning(ModelResult result) =>
        result.Variant is { } variant ? SwitchModel.Variants[variant]
        : result.Violation ?? (result.Complete ? "every course searched" : "not every course searched");

    private static Option<int> Bound(string name, string what, int standard)
    {
        var option = new Option<int>(name) { Description = what, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > ModelBounds.Max)
            {
                result.AddError($"{name} takes 0 to {ModelBounds.Max}.");
            }
        });
        return option;
    }
}
