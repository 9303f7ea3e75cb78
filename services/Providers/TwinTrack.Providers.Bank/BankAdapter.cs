using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// A bank that takes ISO 20022 files. Its settings are <see cref="BankSettings"/>. Its only state is the shared
/// directory, so it is safe for several threads and processes.
/// </summary>
public sealed class BankAdapter(TimeProvider clock) : IProviderAdapter
{
    /// <summary>No file can carry the order, so it is left out.</summary>
    private const string Unfit = "UNFIT_ACCOUNT";

    public string Kind => "bank";

    public Abilities AbilitiesOf(Connection connection) =>
        // pain.001 holds the creditor's name and account (ISO 20022).
        new([PayeeInstrument.Bank], [PayeeField.Name, PayeeField.Account], Recall: true,
            StatusQuery: false, Bulk: true, SafeToResend: true, Callback: false, Portability: true);

    public Result<Connection> Check(Connection connection) =>
        BankProfile.Of(connection).Then<Connection>(profile => profile.Connection);

    /// <summary>
    /// Writes the unit as pain.001. A written file proves nothing. Only the orders left out of the file are known as
    /// never sent.
    /// </summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var profile = Profile(connection);
        var (folder, name) = (Folder(profile), CreditTransferDocument.FileName(unit.Reference));
        var fitting = unit.Orders.Where(order => CreditTransferDocument.Fits(profile, order)).ToList();
        if (fitting.Count > 0)
        {
            await folder.SendOnceAsync(name, CreditTransferDocument.Write(profile, unit, fitting), cancel);
        }

        var left = UnsentCode.VerdictOf(Unfit, unit.Again);
        return new Reading(
            [], [.. unit.Orders.Where(order => !CreditTransferDocument.Fits(profile, order))
                .Select(order => new Answer(order.Reference, left))]);
    }

    /// <summary>A bank answers only in files, so this asks nothing.</summary>
    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel) =>
        Task.FromResult(Reading.Nothing);

    public async Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel)
    {
        var profile = Profile(connection);
        var sent = orders.Where(order => CreditTransferDocument.Fits(profile, order)).ToList();
        var reference = CancellationRequest.ReferenceOf(unit, sent);
        var (folder, name) = (Folder(profile), CancellationRequest.FileName(reference));

        // The request contains its time, so a second file would differ. The same name shows that the request was
        // already sent.
        if (sent.Count > 0 && !await folder.WasSentAsync(name, cancel))
        {
            await folder.SendOnceAsync(
                name, CancellationRequest.Write(profile, unit, sent, reference, clock.GetUtcNow()), cancel);
        }

        return Reading.Nothing;
    }

    public async Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        [.. (await Folder(Profile(connection)).CollectAsync(cancel)).Select(
            file => new Document(file.Name, file.Content, file.Path))];

    public Result<Reading> Read(Connection connection, Document document) =>
        document.Name.EndsWith(ExchangeFolder.DamagedEnding, StringComparison.Ordinal)
            ? BankRefusals.Damaged(document.Name)
            : BankProfile.Of(connection).Then(profile => BankDocument.Answers(profile, document.Content)).Then(read =>
                new MessageLog(connection.Require("directory")).Once(read.Value, "answers", read.Names, Sense));

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel)
    {
        Folder(Profile(connection)).SetAside(document.Name);
        return Task.CompletedTask;
    }

    /// <summary>
    /// camt.053. A line's reference is the order's InstrId. Some banks carry only the EndToEndId, which names the
    /// obligation. A line without a certain result, such as a credit that is not a return, has no reference. People
    /// match it.
    /// </summary>
    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        BankProfile.Of(connection).Then(profile => BankDocument.Statement(profile, document.Content))
            .Then<Statement>(read =>
            read.Value.CoversUntil is not { } until
                ? BankRefusals.FieldMissing("The statement", "FrToDt or CreDtTm")
                : new MessageLog(connection.Require("directory")).Once(
                    Statement(connection, read.Value, until), "statement", read.Names, Sense));

    private static Statement Statement(Connection connection, AccountReport report, DateTimeOffset until) => new(
        report.Reference, report.Final, report.CoversFrom ?? until, until,
        [.. report.Movements.Select((movement, at) => new StatementLine(
            at + 1, movement.Verdict.Outcome == Outcome.Unknown ? null : movement.InstrId ?? movement.EndToEndId,
            movement.Signed > 0, Math.Abs(movement.Signed),
            connection.Currency.Code, movement.BookedOn, movement.ProviderReference))]);

    private static IEnumerable<string> Sense(Reading reading) =>
        reading.Units.Select(unit => $"{unit}").Concat(reading.Lines.Select(line => $"{line}"));

    private static IEnumerable<string> Sense(Statement statement) =>
        statement.Lines.Select(line => $"{line}")
            .Prepend($"{statement.Reference}|{statement.Final}|{statement.CoversFrom:O}|{statement.CoversUntil:O}");

    /// <summary>Refused settings are never stored, so a refusal here is a bug elsewhere.</summary>
    private static BankProfile Profile(Connection connection) =>
        BankProfile.Of(connection).Match(profile => profile,
            refusal => throw new InvalidOperationException(refusal.Reason));

    private static ExchangeFolder Folder(BankProfile profile) =>
        new(profile.Connection.Require("directory"), profile.HandOver);
}
