using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// A bank that takes ISO 20022 files. Settings: <c>directory</c> (shared with the bank's file transfer), <c>debtorName</c>, <c>debtorAccount</c> (IBAN or the
/// bank's own number, up to 34 characters) and, where known, <c>debtorBic</c>. Keeps no state of its own: safe for several threads and processes.
/// </summary>
public sealed class BankAdapter(TimeProvider clock) : IProviderAdapter
{
    /// <summary>An order that no file can carry; it was left out and so was never sent.</summary>
    public const string Unfit = "NEVER_SENT_UNFIT_ACCOUNT";

    private static readonly string[] Needed = ["directory", "debtorName", "debtorAccount"];

    public string Kind => "bank";

    public Abilities Abilities { get; } = new(Recall: true, StatusQuery: false, Bulk: true, SafeToResend: true, Callback: false);

    public Result<Connection> Check(Connection connection)
    {
        var missing = Needed.FirstOrDefault(name => connection[name] is null);
        return missing is not null ? BankRefusals.SettingMissing(missing)
            : !BankText.IsAccount(connection["debtorAccount"]) ? BankRefusals.SettingUnreadable("debtorAccount")
            : connection["debtorBic"] is { } bic && !BankText.IsBic(bic) ? BankRefusals.SettingUnreadable("debtorBic")
            : connection;
    }

    /// <summary>Lays the unit down as pain.001. A file that is written says nothing yet; only what it had to leave out is known: never sent.</summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var fitting = unit.Orders.Where(PaymentOrder.Fits).ToList();
        if (fitting.Count > 0)
        {
            var content = PaymentOrder.Write(connection, unit, fitting);
            await Folder(connection).SendOnceAsync(PaymentOrder.FileName(unit.Reference), content, cancel);
        }

        var unfit = unit.Orders.Where(order => !PaymentOrder.Fits(order));
        return new Reading([], [.. unfit.Select(order => new Answer(order.Reference, new Verdict(Outcome.Rejected, Grade.A, Unfit)))]);
    }

    /// <summary>A bank answers in files, never when asked.</summary>
    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel) => Task.FromResult(Reading.Nothing);

    public async Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<Order> orders, CancellationToken cancel)
    {
        var sent = orders.Where(PaymentOrder.Fits).ToList();
        var reference = CancellationRequest.ReferenceOf(unit, sent);
        var (folder, name) = (Folder(connection), CancellationRequest.FileName(reference));

        // The request carries the time of asking, so a second one would differ; the name says that it asks for the same.
        if (sent.Count > 0 && !folder.WasSent(name))
        {
            await folder.SendOnceAsync(name, CancellationRequest.Write(connection, unit, sent, reference, clock.GetUtcNow()), cancel);
        }

        return Reading.Nothing;
    }

    public async Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        [.. (await Folder(connection).CollectAsync(cancel)).Select(file => new Document(file.Name, file.Content, file.Path))];

    public Result<Reading> Read(Connection connection, Document document) => IsoReader.MessageOf(document).Then(message => message switch
    {
        StatusReport.Message => IsoReader.Load(document).Then<Reading>(root => StatusReport.Read(root)),
        CancellationAnswer.Message => IsoReader.Load(document).Then<Reading>(root => CancellationAnswer.Read(root)),
        AccountReport.Notification or AccountReport.Statement =>
            AccountReport.Read(document.Content, message, connection.Currency).Then<Reading>(report => Answers(report)),
        _ => BankRefusals.UnknownDocument(),
    });

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel)
    {
        Folder(connection).SetAside(document.Name);
        return Task.CompletedTask;
    }

    /// <summary>
    /// camt.053. A line's reference is the order's InstrId; where the bank carries only the EndToEndId, that one, which names the obligation.
    /// </summary>
    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        AccountReport.Read(document.Content, AccountReport.Statement, connection.Currency).Then<Statement>(report =>
            report.CoversUntil is not { } until
                ? BankRefusals.FieldMissing("The statement", "FrToDt or CreDtTm")
                : new Statement(report.Reference, report.Final, report.CoversFrom ?? until, until, [.. report.Movements.Select((movement, at) => new StatementLine(
                    at + 1, movement.InstrId ?? Known(movement.EndToEndId), movement.Signed > 0, Math.Abs(movement.Signed),
                    connection.Currency.Code, movement.BookedOn, movement.ProviderReference))]));

    private static Reading Answers(AccountReport report) => new([], [.. report.Movements.Select(Answer).OfType<Answer>()]);

    /// <summary>What a booking says of one of our orders; a credit that is no return says nothing.</summary>
    private static Answer? Answer(Movement movement) => movement switch
    {
        { InstrId: null } => null,
        { Signed: < 0 } => new Answer(
            movement.InstrId, BankStatusMap.Read(BankStatusMap.Booking, "BOOK/DBIT", []), movement.ProviderReference, -movement.Signed),
        { ReturnReason: { } reason } => new Answer(
            movement.InstrId, BankStatusMap.Read(BankStatusMap.Booking, "BOOK/CRDT/RtrInf", [reason]), movement.ProviderReference, movement.Signed),
        _ => null,
    };

    private static string? Known(string? endToEnd) => endToEnd == BankText.NotProvided ? null : endToEnd;

    private static DropFolder Folder(Connection connection) => new(connection.Require("directory"));
}
