using Microsoft.EntityFrameworkCore;
using TwinTrack.Simulation.Checks;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.People;
using TwinTrack.Simulation.Providers;

namespace TwinTrack.Simulation.World;

/// <summary>Something that may happen now.</summary>
internal readonly record struct Candidate(string What, Action Do);

internal enum StepEnd
{
    Done,
    Died,
    Failed,
}

/// <summary>A broken invariant and its obligation.</summary>
internal sealed class SimulatedViolation(string rule, string? obligation = null) : Exception(rule)
{
    public string? Obligation => obligation;
}

/// <summary>
/// The history of one seed, with one thread, one clock and one source of chance. Each step executes one possible event,
/// drawn at random, and then checks every invariant. When no event is possible, the clock advances.
/// </summary>
internal sealed class SimulatedWorld
{
    private const double LullChance = 0.7;
    private const double LullMaxSeconds = 45;
    private readonly PriorityQueue<Candidate, (long At, long Number)> _agenda = new();
    private readonly List<Candidate> _ready = [];
    private readonly Dictionary<(string Service, string Kind, string Subject), int> _failures = [];
    private long _number;

    public SimulatedWorld(SimulatedHost host, IReadOnlyList<SimulatedProvider> providers, long seed, Guards guards,
        bool calm = false)
    {
        (Host, Providers, Guards) = (host, providers, guards);
        Random = new SeededRandom(seed);
        Rates = calm ? FaultRates.None : FaultRates.Of(Random);
        Bus = new SimulatedBus(this);
        Checks = new Invariants(this);
        Crowd = new SimulatedPeople(this);
        Life.Disarm();
        foreach (var provider in providers)
        {
            provider.Enter(this);
        }

        foreach (var service in host.Services)
        {
            service.Forget();
        }

        guards.Enter(this);
    }

    public SimulatedHost Host { get; }

    public IReadOnlyList<SimulatedProvider> Providers { get; }

    public SeededRandom Random { get; }

    public FaultRates Rates { get; private set; }

    public SimulatedBus Bus { get; }

    public Invariants Checks { get; }

    public SimulatedPeople Crowd { get; }

    public Guards Guards { get; }

    public CrashPoint Life => Host.Life;

    public DateTimeOffset Now => Host.Clock.Now;

    public long Micros => Host.Clock.Micros;

    public int Steps { get; private set; }

    /// <summary>Whether a provider or a person still has something in mind.</summary>
    public bool HasPlans => _agenda.Count > 0;

    public string? LastFault { get; private set; }

    /// <summary>What happened, a line a step.</summary>
    public List<string> Trace { get; } = [];

    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    /// <summary>Whether trouble of this kind strikes now; counted if so.</summary>
    public bool Fails(double probability, string what)
    {
        if (probability <= 0 || !Random.Chance(probability))
        {
            return false;
        }

        Count(what);
        return true;
    }

    public void After(TimeSpan wait, string what, Action act) =>
        _agenda.Enqueue(new Candidate(what, act), (Micros + (long)wait.TotalMicroseconds, _number++));

    public void ClearUp() =>
        Rates = FaultRates.None with { ResendIsSafe = Rates.ResendIsSafe, Behaviours = Rates.Behaviours };

    /// <summary>One thing happens; false when nothing is left that ever would.</summary>
    /// <param name="until">The clock does not go beyond.</param>
    /// <param name="hurry">When nothing may happen now, time is up at once: what was due in between is late.</param>
    public bool Step(DateTimeOffset until, bool hurry = false)
    {
        Bus.TakeUp();
        while (!Gather())
        {
            var next = NextAt();
            if (next == long.MaxValue || next > MicrosOf(until) || hurry)
            {
                Host.Clock.AdvanceTo(until);
                return false;
            }

            var lull = Random.Chance(LullChance) ? (long)Random.Between(0, LullMaxSeconds).TotalMicroseconds : 0;
            Host.Clock.AdvanceTo(DateTimeOffset.UnixEpoch.AddTicks((next + lull) * TimeSpan.TicksPerMicrosecond));
        }

        var chosen = _ready[Random.Below(_ready.Count)];
        Steps++;
        Trace.Add(
            Invariant($"{(Now - SimulatedClock.Start).TotalSeconds,9:0.000} {chosen.What}"));
        chosen.Do();
        Host.Clock.Advance(TimeSpan.FromMilliseconds(1 + Random.Below(20)));
        Bus.TakeUp();
        Checks.AfterStep();
        return true;
    }

    /// <summary>Runs work of a service's process, which may die in it.</summary>
    public StepEnd Attempt(ServiceSide service, Func<IServiceProvider, Task> work)
    {
        var dies = Rates.Crash > 0 && Random.Chance(Rates.Crash);
        Life.Disarm();
        if (dies)
        {
            Life.Arm(1 + Random.Below(6));
        }

        try
        {
            Host.Run(work);
            return StepEnd.Done;
        }
        catch (SimulatedViolation)
        {
            throw;
        }
        catch (Exception) when (Life.Dead)
        {
            Count("crash");
            Note($"{service.Name} dies");
            return StepEnd.Died;
        }
        catch (DbUpdateConcurrencyException fault)
        {
            LastFault = fault.Message;
            Note($"{service.Name} lost a race");
            return StepEnd.Failed;
        }
        catch (Exception fault)
        {
            var place = fault.StackTrace?.Split('\n')
                .FirstOrDefault(line => line.Contains("TwinTrack", StringComparison.Ordinal));
            LastFault = $"{fault.GetType().Name}: {fault.Message} {place?.Trim()}";
            Note($"{service.Name} failed: {LastFault}");
            Count("fault");
            return StepEnd.Failed;
        }
        finally
        {
            Life.Disarm();
        }
    }

    public void Note(string text) => Trace.Add($"          . {text}");

    private bool Gather()
    {
        _ready.Clear();
        Bus.Ready(Micros, _ready);
        foreach (var service in Host.Services)
        {
            foreach (var job in service.Jobs())
            {
                if (job.DueAt <= Micros)
                {
                    _ready.Add(
                        new Candidate($"{service.Name} {job.Kind} {job.Subject[^Math.Min(12, job.Subject.Length)..]}",
                            () => Work(job)));
                }
            }
        }

        if (_agenda.TryPeek(out var first, out var when) && when.At <= Micros)
        {
            _ready.Add(new Candidate(first.What, () => _agenda.Dequeue().Do()));
        }

        return _ready.Count > 0;
    }

    private long NextAt()
    {
        var next = Bus.NextAt();
        foreach (var service in Host.Services)
        {
            foreach (var job in service.Jobs())
            {
                next = Math.Min(next, job.DueAt);
            }
        }

        return _agenda.TryPeek(out _, out var when) ? Math.Min(next, when.At) : next;
    }

    private void Work(DueJob job)
    {
        if (!Guards.LetsRun(job))
        {
            job.Service.GiveBack(job, Micros + 60_000_000, null);
            return;
        }

        Guards.BeforeJob(job);
        var end = Attempt(job.Service, scope => job.Service.StepAsync(scope, job, Host.Clock));
        Guards.AfterJob(job);
        var key = (job.Service.Name, job.Kind, job.Subject);
        if (end == StepEnd.Died)
        {
            // The next process takes the leases at once, or after they end, if other copies share the database.
            job.Service.GiveBack(job, Micros + (Random.Chance(0.5) ? 0 : 30_000_000), null);
        }
        else if (end == StepEnd.Failed)
        {
            job.Service.GiveBack(job, Micros + 1_000_000, LastFault);
            if ((_failures[key] = _failures.GetValueOrDefault(key) + 1) > 30)
            {
                throw new SimulatedViolation($"job {job.Kind} of {job.Service.Name} cannot go on: {LastFault}");
            }
        }
        else
        {
            _failures.Remove(key);
        }
    }

    private static long MicrosOf(DateTimeOffset at) =>
        (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
