using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform.Settings;

internal static class LogFormat
{
    /// <summary>
    /// <c>log:format</c> json: a line of JSON an event, with event id, message, trace and span, and the scopes'
    /// service, actor, job or queue. Else text for people.
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
