using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// Registry file, import, duplicates, programme, enrolment, channels: all that is there before a cycle.
/// </summary>
internal static class PreparationChapter
{
    public static async Task RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        var file = new FileInfo(Path.Combine(world.Work, "registry.csv"));
        world.Registry = await RegistryFile.WriteAsync(
            file.FullName, world.Options.Households, world.Options.Seed, cancel);
        story.Say(
            $"wrote {file.Name}: {Story.Number(world.Options.Households)} made-up households in eight regions of "
                + $"Niger, {Story.Number(world.Registry.Flawed)} of them bad or double");

        await people.Admin.UploadAsync("/enrolments/areas",
            () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(NigerRegions.Csv())), "text/csv", cancel);
        var import = await story.ProgressAsync(
            "Importing the registry", report => RegistryImport.ImportAsync(people.Registrar, file, report, cancel));
        if (import.Text("state") != "Completed")
        {
            throw new DemoFailure($"The import was refused: {import.At("refusal")?.Text("reason")}");
        }

        world.RowsRejected = import.Number("rowsRejected");
        world.Duplicates = import.Number("duplicates") + import.Number("flagged");
        story.Say(
            $"imported: {Story.Number(import.Number("accepted"))} households taken, "
                + $"{Story.Number(import.Number("rejected"))} rejected with row, field and reason, "
            + $"{Story.Number(import.Number("flagged"))} held as possible duplicates");
        await DecideDuplicatesAsync(world, cancel);

        var programme = $"/entitlements/programmes/{Rule.Programme}";
        await people.Admin.PutAsync(programme, Rule.Definition, cancel);
        await people.Admin.PostAsync(programme + "/parameters", Rule.Parameters, cancel);
        var options = world.Options;
        await DemoChannels.RegisterAsync(
            people.Admin, options.HostAt(world.Host.Address), world.Simulators, options.ProviderAt,
            channel => options.Paces(channel, options.Households), options.Overflows, cancel, options.NotCovered);
        await people.Admin.PutAsync($"/routing/protocols/{Rule.Programme}", Protocol, cancel);
        var enrolled = await Enrol.EnrolAsync(people.Registrar, Rule.Programme, null, null, cancel);
        story.Say($"enrolled {Story.Number(enrolled.Number("enrolled"))} households into {Rule.Programme}");
    }

    /// <summary>
    /// One government and one partner vote carry a switch; after it, Track 1 is watched for late successes.
    /// </summary>
    private static object Protocol => new
    {
        currency = Rule.Currency,
        reasons = new[] { "funds_suspended", "disrupted", "no_access", "security", "saturated", "return" },
        proposerRoles = new[] { "operator" },
        quorum = new { government = 1, partner = 1 },
        proposalValidHours = 72,
        watchSeconds = 1,
    };

    private static async Task DecideDuplicatesAsync(DemoWorld world, CancellationToken cancel)
    {
        var held = new List<(string Id, string RegistryId)>();
        await foreach (var duplicate in world.People.Registrar.PagesAsync("/enrolments/duplicates?state=Open", cancel))
        {
            held.Add((duplicate.Require("id"), duplicate.Require("registryId")));
        }

        foreach (var (id, registryId) in held)
        {
            var decision = RegistryFile.IsKept(registryId) ? "keep" : "exclude";
            await world.People.Registrar.PostAsync($"/enrolments/duplicates/{id}/decision", new { decision }, cancel);
        }

        var kept = held.Count(duplicate => RegistryFile.IsKept(duplicate.RegistryId));
        world.Story.Say(
            $"the registrar keeps {Story.Number(kept)} that share an account and excludes "
                + $"{Story.Number(held.Count - kept)}");
    }
}

/// <summary>The demonstration cannot go on, or a sum does not hold; the message is for people.</summary>
internal sealed class DemoFailure(string message) : Exception(message);
