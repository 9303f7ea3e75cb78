using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Demo;

/// <summary>The shared state of the chapters: running programs, people, and the ids of created things.</summary>
internal sealed class DemoWorld(DemoOptions options, Story story, string work) : IAsyncDisposable
{
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly List<Simulator> _simulators = [];
    private IRunningSystem? _host;
    private People? _people;

    public DemoOptions Options => options;

    public Story Story => story;

    /// <summary>Everything that the run leaves: registry file, data, simulators' files, logs.</summary>
    public string Work => work;

    public IRunningSystem Host => _host ?? throw new InvalidOperationException("Nothing is started yet.");

    public IReadOnlyList<Simulator> Simulators => _simulators;

    public People People => _people ?? throw new InvalidOperationException("Nothing is started yet.");

    public RegistryFacts Registry { get; set; } = new();

    public long RowsRejected { get; set; }

    public long Duplicates { get; set; }

    /// <summary>The first day of the month that is being paid.</summary>
    public DateOnly Period { get; set; } = new(2026, 11, 1);

    public string CycleId { get; set; } = "";

    public string BatchId { get; set; } = "";

    /// <summary>What was approved, as SHA-256.</summary>
    public string ContentHash { get; set; } = "";

    /// <summary>Obligations of the batch.</summary>
    public long Obligations { get; set; }

    public long EntitledMinor { get; set; }

    /// <summary>Every switch that moves payments of this cycle, in the order in which they were voted.</summary>
    public List<string> Switches { get; } = [];

    /// <summary>The latest of them; empty before the first.</summary>
    public string SwitchId => Switches.LastOrDefault() ?? "";

    /// <summary>Attempts that two parties gave up without evidence. The bearer bears their payments.</summary>
    public HashSet<Guid> GivenUp { get; } = [];

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

    /// <summary>How often all providers' statements were imported.</summary>
    public int StatementRounds { get; set; }

    public void Chapter(string title) => story.Chapter(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{title}  [{Elapsed.TotalSeconds:0} s]"));

    public async Task StartAsync(CancellationToken cancel)
    {
        _host = await options.System(work, story.Say, cancel);
        await Task.WhenAll(
            _host.StartAsync(cancel),
            DemoChannels.StartAsync(_simulators, Path.Combine(work, "providers"), options.Seed, options.Faults,
                cancel, options.ProvidersInside));
        _people = new People(_host.Address, options.Patience);
        await _people.LogInAsync(cancel);
    }

    public Task<System.Text.Json.JsonElement> ReportAsync(CancellationToken cancel) =>
        People.Auditor.GetAsync($"/payments/batches/{BatchId}/report", cancel);

    public async ValueTask DisposeAsync()
    {
        _people?.Dispose();
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
