using System.Collections.Concurrent;
using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>What an adapter can do wrong; each has been seen in the wild, or is a slip away.</summary>
public enum AdapterFault
{
    /// <summary>A new reference for each try.</summary>
    NewKey,

    /// <summary>No answer is taken for a refusal.</summary>
    SilenceIsRefusal,

    /// <summary>A word that is not listed is taken for a refusal.</summary>
    UnlistedIsRefusal,

    /// <summary>A refusal is taken for nothing.</summary>
    DeafToRefusals,

    /// <summary>Says that it recalls, or that it does not, against the truth.</summary>
    LiesOfRecall,

    LiesOfQuestions,

    LiesOfCallbacks,

    /// <summary>Takes a unit and sends its first order only.</summary>
    SendsTheFirstOnly,

    /// <summary>Takes what this process has not sent for what was never sent.</summary>
    ForgetsAfterCrash,

    /// <summary>Sticks to the first answer.</summary>
    KeepsFirstAnswer,

    /// <summary>Takes a callback at its word.</summary>
    BelievesCallbacks,

    /// <summary>Reads what was laid down last first.</summary>
    NewestFirst,
}

/// <summary>A real adapter with one thing wrong with it: the suite must find it.</summary>
/// <param name="tries">How often each unit was sent, over all processes of a test.</param>
internal sealed class BadAdapter(IProviderAdapter inner, AdapterFault fault, ConcurrentDictionary<string, int> tries)
    : IProviderAdapter
{
    private static readonly Verdict Refused = new(Outcome.Rejected, Grade.A, "BAD");
    private readonly HashSet<string> _sent = [];
    private Reading? _first;

    public string Kind => inner.Kind;

    public Abilities AbilitiesOf(Connection connection) =>
        inner.AbilitiesOf(connection) is var truth && fault == AdapterFault.LiesOfRecall
            ? truth with { Recall = !truth.Recall }
        : fault == AdapterFault.LiesOfQuestions ? truth with { StatusQuery = !truth.StatusQuery }
        : fault == AdapterFault.LiesOfCallbacks ? truth with { Callback = !truth.Callback }
        : truth;

    public Result<Connection> Check(Connection connection) => inner.Check(connection);

    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        lock (_sent)
        {
            _sent.Add(unit.Reference);
        }

        var again = tries.AddOrUpdate(unit.Reference, 1, (_, before) => before + 1);
        var sent = fault == AdapterFault.NewKey && again > 1 ? Renamed(unit, again)
            : fault == AdapterFault.SendsTheFirstOnly ? unit with { Orders = [unit.Orders[0]] }
            : unit;
        return await AnsweredAsync(unit, () => inner.SubmitAsync(connection, sent, cancel));
    }

    public async Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        if (fault == AdapterFault.ForgetsAfterCrash && !_sent.Contains(unit.Reference))
        {
            return Reading.OfUnit(unit.Reference, Refused);
        }

        if (fault == AdapterFault.KeepsFirstAnswer && _first is not null)
        {
            return _first;
        }

        return _first = await AnsweredAsync(unit, () => inner.AskAsync(connection, unit, cancel));
    }

    public Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel) =>
        inner.RecallAsync(connection, unit, orders, cancel);

    public async Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel)
    {
        var documents = await inner.CollectAsync(connection, cancel);
        return fault == AdapterFault.NewestFirst ? await AllOfThemAsync(connection, documents, cancel)
            : fault == AdapterFault.KeepsFirstAnswer && _first is not null ? []
            : documents;
    }

    public Result<Reading> Read(Connection connection, Document document)
    {
        if (fault == AdapterFault.BelievesCallbacks && document.Name.StartsWith("callback", StringComparison.Ordinal))
        {
            return Reading.OfUnit(document.Name["callback ".Length..], Refused);
        }

        return inner.Read(connection, document)
            .Then<Reading>(reading => Bent(fault == AdapterFault.KeepsFirstAnswer ? _first ??= reading : reading));
    }

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel) =>
        inner.DoneAsync(connection, document, cancel);

    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        inner.ReadStatement(connection, document);

    /// <summary>Waits until both the word and the opposite are there, and hands them out backwards.</summary>
    private async Task<IReadOnlyList<Document>> AllOfThemAsync(
        Connection connection, IReadOnlyList<Document> documents, CancellationToken cancel)
    {
        for (var look = 0; look < 40 && documents.Count > 0; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), cancel);
            documents = await inner.CollectAsync(connection, cancel);
        }

        return [.. documents.Reverse()];
    }

    private async Task<Reading> AnsweredAsync(Unit unit, Func<Task<Reading>> call)
    {
        Reading reading;
        try
        {
            reading = await call();
        }
        catch (Exception) when (fault == AdapterFault.SilenceIsRefusal)
        {
            return Reading.OfUnit(unit.Reference, Refused);
        }

        var nothing = reading.Units.Count + reading.Lines.Count == 0;
        return nothing && fault == AdapterFault.SilenceIsRefusal
            ? Reading.OfUnit(unit.Reference, Refused) : Bent(reading);
    }

    private Reading Bent(Reading reading) => new(
        [.. reading.Units.Select(unit => unit with { Verdict = Bent(unit.Verdict) })],
        [.. reading.Lines.Select(line => line with { Verdict = Bent(line.Verdict) })]);

    private Verdict Bent(Verdict verdict) => (fault, verdict.Outcome) switch
    {
        (AdapterFault.SilenceIsRefusal or AdapterFault.UnlistedIsRefusal, Outcome.Unknown) => Refused,
        (AdapterFault.DeafToRefusals, Outcome.Rejected) => Verdict.Unknown("BAD"),
        _ => verdict,
    };

    private static Unit Renamed(Unit unit, int number) => unit with
    {
        Reference = "X" + number.ToString("00", CultureInfo.InvariantCulture) + unit.Reference[3..],
        Orders = [
            .. unit.Orders.Select(
                order => order with { Reference =
                    number.ToString("x2", CultureInfo.InvariantCulture) + order.Reference[2..] })],
    };
}
