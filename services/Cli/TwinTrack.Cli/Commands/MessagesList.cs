using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// messages list: every service's outbox and dead letters. A service that does not answer is shown as that, and hides
/// nobody else's.
/// </summary>
internal static class MessagesList
{
    public static Command Build() =>
        new Command("list", "What waits, what is under way, and which messages failed, service by service.")
        .Answers(static async (_, api, cancel) =>
        {
            var queues = new List<object>();
            var failed = new List<object>();
            var away = new List<object>();
            foreach (var service in ServiceNames.All)
            {
                try
                {
                    var overview = await api.GetAsync($"/{service}/messages", cancel);
                    queues.AddRange(overview.List("queues").Select(queue => Named(service, queue)));
                    await foreach (var letter in api.PagesAsync($"/{service}/messages/dead", cancel))
                    {
                        failed.Add(Named(service, letter));
                    }
                }
                catch (Exception fault) when (fault is HttpRequestException or ApiRefusal)
                {
                    away.Add(new { service, why = fault.Message });
                }
            }

            return JsonSerializer.SerializeToElement(new { queues, failed, away }, JsonSerializerOptions.Web);
        });

    private static Dictionary<string, object> Named(string service, JsonElement row)
    {
        var named = new Dictionary<string, object> { ["service"] = service };
        foreach (var field in row.EnumerateObject().Where(field => field.Name != "sha256"))
        {
            named[field.Name] = field.Value;
        }

        return named;
    }
}
