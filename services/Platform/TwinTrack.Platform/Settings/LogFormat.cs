using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform.Settings;

internal static class LogFormat
{
    /// <summary>
    /// <c>log:format</c> json writes one line of JSON per event. It has event id, message, trace and span, and service,
    /// actor, job or queue from the scopes. Otherwise text for people.
    /// </summary>
    internal static void AddLogFormat(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[SettingsTable.LogFormat] == "json")
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
    }
}
