using System.Text;

namespace TwinTrack.Simulators;

/// <summary>The HTTP front that all simulators share: health and ledger. Each adds its own routes.</summary>
internal static class SimulatorSite
{
    /// <summary>A web application that listens on the options' address and is not started yet.</summary>
    internal static WebApplication Create(SimulatorOptions options, ProviderLedger ledger)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var site = builder.Build();
        site.MapGet("/health", () => "ok");
        site.MapGet("/ledger", () => Results.Text(ledger.ToCsv(), "text/csv", Encoding.UTF8));
        return site;
    }

    /// <summary>The address of a started application, with its actual port.</summary>
    internal static Uri Address(this WebApplication site) => new(site.Urls.First());
}
