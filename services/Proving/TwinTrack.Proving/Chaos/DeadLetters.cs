using System.Globalization;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Chaos;

/// <summary>
/// Dead letters of the services. After the faults an operator retries each. The rest counts as a failure.
/// </summary>
internal static class DeadLetters
{
    /// <summary>How many there are in the services' databases.</summary>
    public static async Task<long> CountAsync(Tables tables, CancellationToken cancel)
    {
        var letters = 0L;
        foreach (var service in Tables.Services)
        {
            letters += long.Parse((await tables.AskAsync(service, "SELECT COUNT(*) FROM dead_letters", cancel))[0][0],
                CultureInfo.InvariantCulture);
        }

        return letters;
    }

    /// <summary>Has every one that is given up sent and handled again.</summary>
    public static async Task RetryAsync(Api api, CancellationToken cancel)
    {
        foreach (var service in Tables.Services)
        {
            var dead = new List<string>();
            await foreach (var letter in api.PagesAsync($"/{service}/messages/dead", cancel))
            {
                if (letter.Text("state") == "Dead")
                {
                    dead.Add(letter.Require("messageId"));
                }
            }

            foreach (var id in dead)
            {
                await api.PostAsync($"/{service}/messages/dead/{id}/retry", null, cancel);
            }
        }
    }
}
