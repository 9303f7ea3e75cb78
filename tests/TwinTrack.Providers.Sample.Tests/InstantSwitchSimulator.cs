using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwinTrack.Kernel;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Sample.Tests;

// <simulator>
/// <summary>The other side: a switch that pays a reference once, each payee by its own treatment.</summary>
internal sealed class InstantSwitchSimulator : IAsyncDisposable
{
    private sealed record Payment(
        string Reference, string EndToEnd, string Amount, string Currency, string CreditorName,
        string CreditorAccount, string? CallbackUrl);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Payment Payment, string Word)> _payments = [];
    private readonly List<Task> _work = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new();
    private readonly SimulatorOptions _options;
    private readonly WebApplication _site;

    private InstantSwitchSimulator(SimulatorOptions options, WebApplication site) =>
        (_options, _site, Ledger) = (options, site, new ProviderLedger(null, TimeProvider.System));

    public ProviderLedger Ledger { get; }

    public Uri Address => new(_site.Urls.First());

    /// <summary>References in the order in which they were taken.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _payments.Keys];
            }
        }
    }

    public static async Task<InstantSwitchSimulator> StartAsync(SimulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var simulator = new InstantSwitchSimulator(options, builder.Build());
        simulator._site.MapPost("/v1/payments", (HttpRequest request, Payment payment) =>
            simulator.IsKnown(request) ? simulator.Take(payment) : Results.Unauthorized());
        simulator._site.MapGet("/v1/payments/{reference}", (HttpRequest request, string reference) =>
            simulator.IsKnown(request) ? simulator.Show(reference) : Results.Unauthorized());
        simulator._site.MapGet("/v1/echo", () => Results.Json(new { status = "OK" }));
        await simulator._site.StartAsync();
        return simulator;
    }

    private bool IsKnown(HttpRequest request) => request.Headers.Authorization == $"Bearer {_options.ApiKey}";

    private IResult Take(Payment payment)
    {
        lock (_gate)
        {
            if (!_payments.TryAdd(payment.Reference, (payment, "RCVD")))
            {
                return Results.Json(new { reference = payment.Reference, status = "DUPL" }, statusCode: 409);
            }

            _work.Add(Task.Run(() => WorkAsync(payment)));
            return Results.Json(new { reference = payment.Reference, status = "RCVD" }, statusCode: 202);
        }
    }

    private IResult Show(string reference)
    {
        lock (_gate)
        {
            return _payments.TryGetValue(reference, out var known)
                ? Results.Json(new { reference, status = known.Word, switchReference = $"S-{reference[^8..]}" })
                : Results.Json(new { reference }, statusCode: 404);
        }
    }
    // </simulator>

    /// <summary>Pays and reports what was kept late.</summary>
    public async Task SettleLateAsync()
    {
        List<Payment> late;
        lock (_gate)
        {
            late = [.. _payments.Values.Where(known => known.Word == "RCVD").Select(known => known.Payment)];
        }

        foreach (var payment in late)
        {
            await EndAsync(payment, "ACSC");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] work;
        lock (_gate)
        {
            work = [.. _work];
        }

        await Task.WhenAll(work);
        await _site.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
        Ledger.Dispose();
    }

    private async Task WorkAsync(Payment payment)
    {
        try
        {
            await Task.Delay(_options.Delay, TimeProvider.System, _stop.Token);
            switch (SimulatedTreatment.Of(_options, payment.CreditorAccount).Ending)
            {
                case Ending.Rejects:
                    await EndAsync(payment, "RJCT");
                    break;
                case Ending.Lost or Ending.Late:
                    break;
                default:
                    await EndAsync(payment, "ACSC");
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: what was not done is not done.
        }
    }

    private async Task EndAsync(Payment payment, string word)
    {
        lock (_gate)
        {
            _payments[payment.Reference] = (payment, word);
            if (word == "ACSC")
            {
                Ledger.Pay(payment.Reference, payment.EndToEnd, payment.CreditorAccount, Minor(payment),
                    payment.Currency);
            }
        }

        var treatment = SimulatedTreatment.Of(_options, payment.CreditorAccount);
        await CallBackAsync(payment, word);
        if (treatment.Duplicates)
        {
            await CallBackAsync(payment, word);
        }

        if (treatment.Contradicts)
        {
            await CallBackAsync(payment, word == "ACSC" ? "RJCT" : "ACSC");
        }
    }

    /// <summary>Once, with no care whether it arrives.</summary>
    private async Task CallBackAsync(Payment payment, string word)
    {
        if (payment.CallbackUrl is null)
        {
            return;
        }

        try
        {
            using var answer = await _http.PostAsJsonAsync(
                payment.CallbackUrl, new { reference = payment.Reference, status = word }, _stop.Token);
        }
        catch (HttpRequestException)
        {
            // The caller is away.
        }
    }

    private static long Minor(Payment payment) =>
        Currency.Of(payment.Currency).Then(known => known.Parse(payment.Amount)).Match(
            minor => minor, refusal => throw new InvalidOperationException(refusal.Reason));
}
