namespace TwinTrack.Simulators;

/// <summary>
/// A running provider that exchanges files. It checks its directory repeatedly and answers the shared HTTP routes.
/// Functions give the content of its files.
/// </summary>
internal sealed class FileSimulator : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly WebApplication _site;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private readonly ProviderLedger _ledger;

    private FileSimulator(WebApplication site, ProviderLedger ledger, Action work, TimeProvider clock)
    {
        (_site, _ledger) = (site, ledger);
        _watching = Task.Run(() => WatchAsync(work, clock, _stop.Token));
    }

    internal Uri Address => _site.Address();

    /// <param name="work">One check of the directory and the orders.</param>
    /// <param name="statement">The statement's bytes; null while there is nothing to state.</param>
    internal static async Task<FileSimulator> StartAsync(
        SimulatorOptions options, ProviderLedger ledger, OrderProcessing processing, Action work,
        Func<bool, byte[]?> statement,
        string statementType, TimeProvider clock)
    {
        var site = SimulatorSite.Create(options, ledger);
        site.MapPost("/settle-late", () =>
        {
            processing.SettleLate();
            return Results.NoContent();
        });
        site.MapPost("/statement", (bool? final) => statement(final ?? false) is { } content
            ? Results.Bytes(content, statementType)
            : Results.Problem("No order has come in yet: the account's currency is not known.",
                statusCode: StatusCodes.Status409Conflict));
        await site.StartAsync();
        return new FileSimulator(site, ledger, work, clock);
    }

    internal async Task WaitForShutdownAsync() => await _site.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await _site.DisposeAsync();
        _stop.Dispose();
        _ledger.Dispose();
    }

    private async Task WatchAsync(Action work, TimeProvider clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                work();
                await Task.Delay(Pause, clock, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault)
            {
                // One unreadable file must not stop the provider. The next check tries it again.
                _site.Logger.LogFault(fault);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
            }
        }
    }
}

internal static partial class FileSimulatorLog
{
    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "The simulated provider's work failed")]
    internal static partial void LogFault(this ILogger logger, Exception fault);
}
