using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// messages retry: has one dead letter, or every one that can be read, sent and handled again. Each retry is on the
/// audit record.
/// </summary>
internal static class MessagesRetry
{
    private static readonly Argument<string?> Service = new(
        "service")
    { Description = "The service that could not handle it.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Argument<Guid?> Id = new(
        "id")
    { Description = "The message's id, as messages list shows it.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<bool> All = new(
        "--all")
    { Description = "Every dead letter, of this service or of all." };

    public static Command Build() =>
        new Command("retry", "Send a dead letter again.") { Service, Id, All }
        .Answers(
        static async (parsed, api, cancel) =>
            (parsed.GetValue(Service), parsed.GetValue(Id), parsed.GetValue(All)) switch
        {
            ({ } service, { } id, false) => await RetryAsync(api, service, id.ToString(), cancel),
            (var service, null, true) => await RetryAllAsync(api, service, cancel),
            _ => throw new UsageException("Name a service and a message's id, or say --all."),
        });

    private static async Task<JsonElement> RetryAllAsync(Api api, string? service, CancellationToken cancel)
    {
        var retried = 0;
        var refused = new List<object>();
        foreach (var name in ServiceNames.All
            .Where(name => service is null || name == service))
        {
            await foreach (var letter in api.PagesAsync($"/{name}/messages/dead", cancel))
            {
                if (letter.Text("state") != "Dead")
                {
                    continue;
                }

                try
                {
                    await RetryAsync(api, name, letter.Require("messageId"), cancel);
                    retried++;
                }
                catch (ApiRefusal refusal)
                {
                    refused.Add(new { service = name, id = letter.Require("messageId"), why = refusal.Message });
                }
            }
        }

        return JsonSerializer.SerializeToElement(new { retried, refused }, JsonSerializerOptions.Web);
    }

    private static Task<JsonElement> RetryAsync(Api api, string service, string id, CancellationToken cancel) =>
        api.PostAsync($"/{RemoteCommand.Segment(service)}/messages/dead/{RemoteCommand.Segment(id)}/retry", null,
            cancel);
}
