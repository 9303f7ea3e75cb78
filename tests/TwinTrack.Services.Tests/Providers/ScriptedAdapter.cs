using System.Collections.Concurrent;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>A provider that does what the test says, and remembers what it was told.</summary>
internal sealed class ScriptedAdapter : IProviderAdapter
{
    private readonly ConcurrentQueue<Document> _documents = new();

    public string Kind => "bank";

    public Abilities Abilities { get; init; } = new(
        ["mobile", "bank"], ["name", "account"], Recall: true, StatusQuery: true, Bulk: true, SafeToResend: true,
        Callback: true);

    public ConcurrentQueue<Unit> Submitted { get; } = new();

    public ConcurrentQueue<Unit> Asked { get; } = new();

    public ConcurrentQueue<PaymentOrder> Recalled { get; } = new();

    public ConcurrentQueue<string> Done { get; } = new();

    public Func<Unit, CancellationToken, Task<Reading>> OnSubmit { get; set; } =
        (_, _) => Task.FromResult(Reading.Nothing);

    public Func<Unit, Reading> OnAsk { get; set; } = _ => Reading.Nothing;

    public Func<IReadOnlyList<PaymentOrder>, Reading> OnRecall { get; set; } = _ => Reading.Nothing;

    public Func<Document, Result<Reading>> OnRead { get; set; } = _ => Reading.Nothing;

    public Func<Document, Result<Statement>> OnStatement { get; set; } =
        _ => new Refusal("statement.line", "Line 1, amount: not a number.");

    public static Reading All(Unit unit, Outcome outcome, Grade grade, string code) =>
        Reading.OfUnit(unit.Reference, new Verdict(outcome, grade, code));

    public static Reading Paid(Unit unit) => All(unit, Outcome.Settled, Grade.A, "ACCC");

    public void LayDown(string name, string content) =>
        _documents.Enqueue(new Document(name, Encoding.UTF8.GetBytes(content), name));

    public Abilities AbilitiesOf(Connection connection) => Abilities;

    public Result<Connection> Check(Connection connection) =>
        connection["directory"] is null ? new Refusal("connection.setting_missing", "Setting 'directory' is missing.")
            : connection;

    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        Submitted.Enqueue(unit);
        return await OnSubmit(unit, cancel);
    }

    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        Asked.Enqueue(unit);
        return Task.FromResult(OnAsk(unit));
    }

    public Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel)
    {
        foreach (var order in orders)
        {
            Recalled.Enqueue(order);
        }

        return Task.FromResult(OnRecall(orders));
    }

    public Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Document>>([.. _documents]);

    public Result<Reading> Read(Connection connection, Document document) => OnRead(document);

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel)
    {
        Done.Enqueue(document.Name);
        _documents.TryDequeue(out _);
        return Task.CompletedTask;
    }

    public Result<Statement> ReadStatement(Connection connection, Document document) => OnStatement(document);
}
