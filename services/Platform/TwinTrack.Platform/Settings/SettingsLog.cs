using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform.Settings;

/// <summary>Logs the given settings once at start, one line per setting, with secrets masked.</summary>
internal sealed partial class SettingsLog(IConfiguration configuration, ILogger<SettingsLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, value) in SettingsCheck.Shown(configuration))
        {
            LogSetting(logger, key, value);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 151, Level = LogLevel.Information, Message = "Setting {Key} is {Value}")]
    private static partial void LogSetting(ILogger logger, string key, string value);
}
