using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// A partner agency that hands out money by lists in files. Columns and words follow its own definition (setting
/// <c>format</c>). Its only state is the shared directory, so it is safe for several threads and processes.
/// </summary>
public sealed class AgencyAdapter(TimeProvider clock) : IProviderAdapter, IPartnerExchange
{
    public string Kind => "agency";

    public Abilities AbilitiesOf(Connection connection) =>
        // An agency hands out cash, so it can also pay people who have a phone or an account.
        new([PayeeInstrument.Mobile, PayeeInstrument.Bank, PayeeInstrument.Cash],
            Profile(connection).Format.Discloses, Recall: true, StatusQuery: false, Bulk: true,
            SafeToResend: true, Callback: false, Portability: true);

    public Result<Connection> Check(Connection connection) => AgencyProfile.KeyFault(connection) is { } fault ? fault
        : AgencyProfile.Of(connection).Then<Connection>(profile => profile.Connection);

    /// <summary>
    /// Writes the control file, its signature and then the list, so that a list is never seen without them. A written
    /// file proves nothing. Only the orders left out are known as never sent.
    /// </summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var profile = Profile(connection);
        var (folder, form) = (Folder(profile), profile.Format.List!);
        var name = DistributionList.ListName(unit.Reference, form);
        if (await folder.WasSentAsync(name, cancel))
        {
            // The tranche was sent before. If the settings changed since, orders that are barred now may have been in
            // it.
            return Reading.Nothing;
        }

        var barred = unit.Orders.Select(order => (Order: order, Reason: profile.Agreement?.Bars(unit, order)))
            .Where(one => one.Reason is not null).ToList();
        var orders = unit.Orders.Except(barred.Select(one => one.Order)).ToList();
        if (orders.Count > 0)
        {
            await LayDownAsync(profile, unit, name, unit.Reference, orders,
                ListWriter.Write(connection, unit, form, orders), cancel);
        }

        return new Reading([], [.. barred.Select(one => new Answer(
            one.Order.Reference, UnsentCode.VerdictOf(one.Reason!, unit.Again)))]);
    }

    /// <summary>An agency answers only in files, so this asks nothing.</summary>
    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel) =>
        Task.FromResult(Reading.Nothing);

    /// <summary>Writes a stop list. Only its acknowledgement is evidence, not the file itself.</summary>
    public async Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel)
    {
        if (orders.Count > 0)
        {
            var (profile, wanted) = (Profile(connection),
                orders.OrderBy(order => order.Reference, StringComparer.Ordinal).ToList());
            var (form, reference) = (profile.Format.Stop!, DistributionList.StopReference(unit, wanted));
            var name = DistributionList.StopName(reference, form);
            if (!await Folder(profile).WasSentAsync(name, cancel))
            {
                await LayDownAsync(profile, unit, name, reference, wanted,
                    ListWriter.Write(connection, unit, form, wanted), cancel);
            }
        }

        return Reading.Nothing;
    }

    public async Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        [.. (await Folder(Profile(connection)).CollectAsync(cancel)).Select(
            file => new Document(file.Name, file.Content, file.Path))];

    public Result<Reading> Read(Connection connection, Document document) => ReadAll(connection, document).Read;

    public IReadOnlyList<RowFault> FaultsOf(Connection connection, Document document) =>
        ReadAll(connection, document).Faults;

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel)
    {
        // A signature is moved away with its file. Without it, the file would wait for ever.
        if (!document.Name.EndsWith(Signatures.Ending, StringComparison.Ordinal))
        {
            Folder(Profile(connection)).SetAside(document.Name);
        }

        return Task.CompletedTask;
    }

    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        AgencyStatement.Read(document.Content, connection.Currency);

    public IReadOnlyList<string> UsersOf(Connection connection) =>
        connection["partnerUsers"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [];

    public string? AgreementOf(Connection connection) => Profile(connection).Agreement?.Reference;

    public Refusal? Bars(Connection connection, IReadOnlyCollection<string> areas, DateOnly day) =>
        AgencyExchange.Bars(Profile(connection), areas, day);

    public IReadOnlyList<Tranche> Tranches(Connection connection, string? after, int limit) =>
        AgencyExchange.Tranches(Profile(connection), Folder(Profile(connection)), after, limit);

    public Tranche? Find(Connection connection, string reference) =>
        AgencyExchange.Find(Profile(connection), Folder(Profile(connection)), reference);

    public Task<byte[]?> OpenAsync(Connection connection, Tranche tranche, TranchePart part,
        CancellationToken cancel) =>
        AgencyExchange.OpenAsync(Folder(Profile(connection)), tranche, part, cancel);

    public Task<Result<bool>> TakeInAsync(Connection connection, string name, byte[] content, byte[]? signature,
        CancellationToken cancel) =>
        AgencyExchange.TakeInAsync(Profile(connection), Folder(Profile(connection)), name, content, signature, cancel);

    /// <summary>The kind that a file name shows; null for none of the four.</summary>
    internal static string? KindOf(PartnerFormat format, string name) => new (string Kind, TableForm Form)[]
        {
            ("ack", format.Acknowledgement!), ("closed-return", format.Returns!), ("return", format.Returns!),
            ("stopack", format.StopAnswer!),
        }
        .Where(kind =>
            name.EndsWith($".{kind.Kind}.{ListWriter.Ending(kind.Form)}", StringComparison.OrdinalIgnoreCase))
            .Select(kind => kind.Kind).FirstOrDefault();

    private (Result<Reading> Read, IReadOnlyList<RowFault> Faults) ReadAll(Connection connection, Document document)
    {
        if (document.Name.EndsWith(ExchangeFolder.DamagedEnding, StringComparison.Ordinal))
        {
            return (AgencyRefusals.Damaged(document.Name), []);
        }

        if (document.Name.EndsWith(Signatures.Ending, StringComparison.Ordinal))
        {
            // A signature is stored as evidence beside its file. It was checked when the file was collected.
            return (Reading.Nothing, []);
        }

        if (!AgencyProfile.Of(connection).Allows(out var profile, out var refusal))
        {
            return (refusal, []);
        }

        var format = profile.Format;
        var answers =
            new AgencyAnswers(format, profile.Currency, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
                list => SentTotals(profile, list));
        return KindOf(format, document.Name) switch
        {
            "ack" => answers.Acknowledgement(document.Content),
            "closed-return" => Closing(profile, document, answers.Returns(document.Content, closed: true)),
            "return" => answers.Returns(document.Content, closed: false),
            "stopack" => answers.StopAnswer(document.Content),
            _ => (AgencyRefusals.UnknownDocument(), []),
        };
    }

    /// <summary>
    /// A name that begins with a list's closes that list, and no payment of another. Any other name closes what its
    /// rows name.
    /// </summary>
    private static (Result<Reading> Read, IReadOnlyList<RowFault> Faults) Closing(
        AgencyProfile profile, Document document, (Result<Reading> Read, IReadOnlyList<RowFault> Faults) all)
    {
        var list = document.Name.Split('.')[0];
        return SentTotals(profile, list) is null ? all
            : (all.Read.Then<Reading>(reading => reading with { OnlyUnit = list }), all.Faults);
    }

    private static async Task LayDownAsync(
        AgencyProfile profile, Unit unit, string name, string reference, IReadOnlyList<PaymentOrder> orders,
        byte[] list,
        CancellationToken cancel)
    {
        var (folder, control) = (Folder(profile), DistributionList.ControlName(reference));
        var totals = ListTotals.Of(profile.Connection, unit, name, orders, list).ToJson();
        await folder.SendOnceAsync(control, totals, cancel, keep: true);

        // Signed once, because a second signature of the same bytes may differ.
        if (profile.Connection["signingKey"] is { } key
            && !await folder.WasSentAsync(control + Signatures.Ending, cancel))
        {
            await folder.SendOnceAsync(control + Signatures.Ending,
                Signatures.Sign(profile.Connection.Require("signingCertificate"), key, totals), cancel);
        }

        await folder.SendOnceAsync(name, list, cancel);
    }

    /// <summary>The totals sent under a list's name, to compare with its acknowledgement.</summary>
    private static ListTotals? SentTotals(AgencyProfile profile, string list) =>
        list.Length <= 64 && list.All(char.IsAsciiLetterOrDigit)
            && Folder(profile).Kept(DistributionList.ControlName(list)) is { } control
            ? ListTotals.Read(control) : null;

    /// <summary>Checked when the connection was put.</summary>
    private static AgencyProfile Profile(Connection connection) => AgencyProfile.Of(connection).Match(
        profile => profile, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Reason}"));

    private static ExchangeFolder Folder(AgencyProfile profile) =>
        new(profile.Connection.Require("directory"), profile.HandOver);
}
