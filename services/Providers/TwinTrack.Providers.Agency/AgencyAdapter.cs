using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// A partner agency that hands out money by lists in files, in the columns and words of its own definition (setting
/// <c>format</c>). Keeps no state but what lies in the shared directory: safe for several threads and processes.
/// </summary>
public sealed class AgencyAdapter(TimeProvider clock) : IProviderAdapter, IPartnerExchange
{
    /// <summary>The agreement does not cover the order's area; it was left out and so was never sent.</summary>
    public const string OutsideAgreement = "NEVER_SENT_OUTSIDE_AGREEMENT";

    /// <summary>No agreement was in force on the day of the list; it was left out and so was never sent.</summary>
    public const string NoAgreement = "NEVER_SENT_NO_AGREEMENT";

    public string Kind => "agency";

    public Abilities AbilitiesOf(Connection connection) =>
        // An agency hands out cash, and so can serve whoever has a phone or an account as well.
        new([PayeeInstrument.Mobile, PayeeInstrument.Bank, PayeeInstrument.Cash],
            Profile(connection).Format.Discloses, Recall: true, StatusQuery: false, Bulk: true,
            SafeToResend: true, Callback: false, Portability: true);

    public Result<Connection> Check(Connection connection) => AgencyProfile.KeyFault(connection) is { } fault ? fault
        : AgencyProfile.Of(connection).Then<Connection>(profile => profile.Connection);

    /// <summary>
    /// Lays down the control file, its signature and then the list, so that a list is never seen without what it must
    /// agree with. A file says nothing yet; only what had to be left out is known: never sent.
    /// </summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var profile = Profile(connection);
        var (folder, form) = (Folder(profile), profile.Format.List!);
        var name = DistributionList.ListName(unit.Reference, form);
        if (await folder.WasSentAsync(name, cancel))
        {
            // The same tranche; and had the settings changed since, what is barred now was given then.
            return Reading.Nothing;
        }

        var barred = unit.Orders.Select(order => (Order: order, Code: profile.Agreement?.Bars(unit, order)))
            .Where(one => one.Code is not null).ToList();
        var orders = unit.Orders.Except(barred.Select(one => one.Order)).ToList();
        if (orders.Count > 0)
        {
            await LayDownAsync(profile, unit, name, unit.Reference, orders,
                ListWriter.Write(connection, unit, form, orders), cancel);
        }

        // An earlier call may have been made under another agreement: what is barred now was given then, and may be
        // paid.
        return new Reading([], [.. barred.Select(one => new Answer(
            one.Order.Reference, unit.Again ? Verdict.Unknown(one.Code!)
                : new Verdict(Outcome.Rejected, Grade.A, one.Code!)))]);
    }

    /// <summary>An agency answers in files, never when asked.</summary>
    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel) =>
        Task.FromResult(Reading.Nothing);

    /// <summary>A stop list. That it was laid down is no evidence; only its acknowledgement is.</summary>
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
        // A signature goes with its file: alone, the file would wait for it for ever.
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

    /// <summary>Which of the four kinds a name says; null: none.</summary>
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
            // Kept as evidence beside what it signs, and checked when that was collected.
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
            "closed-return" => answers.Returns(document.Content, closed: true),
            "return" => answers.Returns(document.Content, closed: false),
            "stopack" => answers.StopAnswer(document.Content),
            _ => (AgencyRefusals.UnknownDocument(), []),
        };
    }

    private static async Task LayDownAsync(
        AgencyProfile profile, Unit unit, string name, string reference, IReadOnlyList<PaymentOrder> orders,
        byte[] list,
        CancellationToken cancel)
    {
        var (folder, control) = (Folder(profile), DistributionList.ControlName(reference));
        var totals = ListTotals.Of(profile.Connection, unit, name, orders, list).ToJson();
        await folder.SendOnceAsync(control, totals, cancel, keep: true);

        // A second signature of the same bytes may differ from the first, and says the same.
        if (profile.Connection["signingKey"] is { } key
            && !await folder.WasSentAsync(control + Signatures.Ending, cancel))
        {
            await folder.SendOnceAsync(control + Signatures.Ending,
                Signatures.Sign(profile.Connection.Require("signingCertificate"), key, totals), cancel);
        }

        await folder.SendOnceAsync(name, list, cancel);
    }

    /// <summary>What was sent under a list's name, so that an acknowledgement can be held against it.</summary>
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
