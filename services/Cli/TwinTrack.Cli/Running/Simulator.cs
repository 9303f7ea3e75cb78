using System.Globalization;
using System.Net;

namespace TwinTrack.Cli.Running;

/// <summary>What a simulated provider does badly, as fractions of its orders. Which order it is depends on the seed and the order alone.</summary>
internal sealed record Temper
{
    public static readonly Temper Good = new();

    public double Reject { get; init; }

    /// <summary>Never answers, but pays.</summary>
    public double Silent { get; init; }

    /// <summary>Answers long after the time-out.</summary>
    public double Late { get; init; }

    /// <summary>Pays, and the money comes back.</summary>
    public double Return { get; init; }

    /// <summary>Never answers and never pays.</summary>
    public double Lost { get; init; }

    /// <summary>Says everything twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Milliseconds between what happens and the report of it.</summary>
    public int DelayMs { get; init; } = 100;

    /// <summary>Milliseconds between taking an order in and executing it, in which a recall succeeds.</summary>
    public int ExecuteAfterMs { get; init; } = 300;

    /// <summary>Late answers come by themselves after this; long enough here that they come when they are told to.</summary>
    public int LateSeconds { get; init; } = 3_600;

    public IEnumerable<string> Arguments() =>
        new (string Key, double Value)[]
        {
            ("reject", Reject), ("silent", Silent), ("late", Late), ("return", Return), ("lost", Lost), ("duplicate", Duplicate),
            ("delayMs", DelayMs), ("executeAfterMs", ExecuteAfterMs), ("lateSeconds", LateSeconds),
        }
        .SelectMany(option => new[] { "--" + option.Key, option.Value.ToString(CultureInfo.InvariantCulture) });
}

/// <summary>One simulated provider as a process of its own: speaks its protocol, keeps its own book, and has a door for the demo.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    private readonly ChildProgram _program;
    private readonly HttpClient _door;

    private Simulator(string channel, string kind, string folder, ChildProgram program)
    {
        (Channel, Kind, Folder, _program) = (channel, kind, folder, program);
        _door = new HttpClient { BaseAddress = program.Address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public string Channel { get; }

    /// <summary>bank, mobile_money or agency.</summary>
    public string Kind { get; }

    /// <summary>Where files are exchanged.</summary>
    public string Folder { get; }

    public Uri Address => _program.Address;

    public static async Task<Simulator> StartAsync(
        string channel, string kind, string work, int seed, Temper temper, string apiKey, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, channel)).FullName;
        var address = FreePort.Next();
        string[] arguments =
        [
            kind.Replace('_', '-'),
            "--seed", seed.ToString(CultureInfo.InvariantCulture),
            "--directory", folder,
            "--url", address.GetLeftPart(UriPartial.Authority),
            "--apiKey", apiKey,
            .. temper.Arguments(),
        ];
        var program = await ChildProgram.StartAsync(channel, "TwinTrack.Simulators", address, work, arguments, cancel);
        return new Simulator(channel, kind, folder, program);
    }

    /// <summary>The provider's own book: what it really paid to whom.</summary>
    public async Task<Stream> BookAsync(CancellationToken cancel) => await _door.GetStreamAsync(new Uri("/book", UriKind.Relative), cancel);

    /// <summary>A statement in the provider's own format; null while no order has come in, when there is nothing to state.</summary>
    /// <param name="final">It declares that nothing executed until now is missing.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<byte[]?> StatementAsync(bool final, CancellationToken cancel)
    {
        using var answer = await _door.PostAsync(new Uri($"/statement?final={(final ? "true" : "false")}", UriKind.Relative), null, cancel);
        if (answer.StatusCode == HttpStatusCode.Conflict)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancel);
    }

    /// <summary>The answers that were late come now.</summary>
    public async Task SettleLateAsync(CancellationToken cancel)
    {
        using var answer = await _door.PostAsync(new Uri("/settle-late", UriKind.Relative), null, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _door.Dispose();
        await _program.DisposeAsync();
    }
}
