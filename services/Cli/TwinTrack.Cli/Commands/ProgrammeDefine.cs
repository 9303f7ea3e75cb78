using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>programme define: a programme and a new version of its amounts.</summary>
internal static class ProgrammeDefine
{
    private static readonly Argument<string> Code = new(
        "programme")
    { Description = "The programme's code: 2 to 32 letters, digits, hyphens." };

    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file")
    {
        Description = "JSON: name, currency, and parameters with base and topUps.",
    }.AcceptExistingOnly();

    public static Command Build() =>
        new Command("define", "Define a programme and put a new version of its amounts in force.") { Code, File }
        .Answers(
        static (parsed, api, cancel) => DefineAsync(
            api, parsed.GetRequiredValue(Code), JsonFile.Read(parsed.GetRequiredValue(File)), cancel));

    private static async Task<JsonElement> DefineAsync(Api api, string code, JsonElement file, CancellationToken cancel)
    {
        var parameters = file.At("parameters") ?? throw new UsageException("The file has no 'parameters'.");
        var path = $"/entitlements/programmes/{RemoteCommand.Segment(code)}";
        await api.PutAsync(path, new { name = file.Text("name"), currency = file.Text("currency") }, cancel);
        return await api.PostAsync(path + "/parameters", parameters, cancel);
    }
}
