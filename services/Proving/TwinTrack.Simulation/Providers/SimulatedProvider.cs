using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.Providers;

/// <summary>
/// A provider behind the same interface as the real adapters. Its connection loses and delays calls. Its own ledger
/// pays each reference once. There is one for each channel, made once; each seed gives it a new world.
/// </summary>
internal sealed class SimulatedProvider(
    string channel, string kind, IReadOnlyList<string> instruments, bool recalls, bool answers) : IProviderAdapter
{
    /// <summary>
    /// How long an order may be executed after its unit was made; the connection's setting says the same.
    /// </summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    private SimulatedWorld _world = null!;
    private SimulatedOrderProcessing _counter = null!;

    public string Channel => channel;

    public string Kind => kind;

    public bool Recalls => recalls;

    public bool Answers => answers;

    public SimulatedOrderProcessing Counter => _counter;

    public void Enter(SimulatedWorld world) => (_world, _counter) = (world, new SimulatedOrderProcessing(this, world));

    public Abilities AbilitiesOf(Connection connection) =>
        new(instruments, [PayeeField.Account], recalls, answers, Bulk: true, SafeToResend: _world.Rates.ResendIsSafe,
            Callback: false, Portability: true);

    public Result<Connection> Check(Connection connection) => connection;

    public Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        _world.Life.Cross();
        _world.Checks.AtTheWire(channel, unit);
        if (_world.Fails(_world.Rates.CallLost, "call lost"))
        {
            return Silence(unit.Orders, new HttpRequestException("The call does not arrive."));
        }

        if (_world.Fails(_world.Rates.CallLate, "call late"))
        {
            _counter.TakeLater(unit, _world.Random.Between(1, 60));
            return Silence(unit.Orders, new TimeoutException("The call arrives after we have stopped waiting."));
        }

        _counter.Take(unit);
        _world.Life.Cross();
        if (AnswerIsLost())
        {
            return Silence(unit.Orders, new TimeoutException("The answer does not arrive."));
        }

        return Task.FromResult(
            Reading.OfUnit(unit.Reference, new Verdict(Outcome.Accepted, Grade.C, "TAKEN")) with
            {
                Lines =
                Spoken(unit)
            });
    }

    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        if (_world.Fails(_world.Rates.CallLost, "question lost"))
        {
            return Silence(unit.Orders, new HttpRequestException("The question does not arrive."));
        }

        if (AnswerIsLost())
        {
            return Silence(unit.Orders, new TimeoutException("The answer does not arrive."));
        }

        return Task.FromResult(new Reading([], Spoken(unit)));
    }

    public Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel)
    {
        _world.Life.Cross();
        if (_world.Fails(_world.Rates.CallLost, "recall lost"))
        {
            return Silence(orders, new HttpRequestException("The recall does not arrive."));
        }

        var words = orders.Select(order => _counter.Recall(order.Reference)).OfType<Answer>()
            .Select(_world.Guards.OnWord).ToList();
        _world.Life.Cross();
        if (AnswerIsLost())
        {
            return Silence(orders, new TimeoutException("The answer does not arrive."));
        }

        if (answers || _world.Random.Chance(0.5))
        {
            return Task.FromResult(new Reading([], words));
        }

        _counter.LayDown(words);
        return Task.FromResult(Reading.Nothing);
    }

    public Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Document>>([.. _counter.Documents]);

    public Result<Reading> Read(Connection connection, Document document) => SimulatedDocuments.Read(document);

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel)
    {
        _counter.Documents.RemoveAll(one => one.Name == document.Name);
        return Task.CompletedTask;
    }

    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        SimulatedDocuments.ReadStatement(document);

    private bool AnswerIsLost() => _world.Fails(_world.Rates.AnswerLost, "answer lost");

    /// <summary>An exception: nothing was learned.</summary>
    private Task<Reading> Silence(IEnumerable<PaymentOrder> orders, Exception fault) =>
        _world.Guards.OnSilence(orders) is { } reading ? Task.FromResult(reading) : Task.FromException<Reading>(fault);

    private List<Answer> Spoken(Unit unit)
    {
        var words =
            answers ? unit.Orders.Select(order => _counter.WordOn(order.Reference)).OfType<Answer>()
                .Select(_world.Guards.OnWord).ToList() : [];
        return words.Count > 0 && _world.Fails(_world.Rates.AnswerTwice, "answer twice")
            ? [.. words, .. words] : words;
    }
}
