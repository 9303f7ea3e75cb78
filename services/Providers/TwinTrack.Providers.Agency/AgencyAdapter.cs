using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// A partner agency that hands out money by lists in files. Settings: <c>directory</c> (shared with the agency's file transfer) and <c>agencyName</c>.
/// Keeps no state of its own: safe for several threads and processes.
/// </summary>
public sealed class AgencyAdapter(TimeProvider clock) : IProviderAdapter
{
    private static readonly string[] Needed = ["directory", "agencyName"];

    public string Kind => "agency";

    public Abilities AbilitiesOf(Connection connection) => new(Recall: true, StatusQuery: false, Bulk: true, SafeToResend: true, Callback: false);

    public Result<Connection> Check(Connection connection) =>
        Needed.FirstOrDefault(name => connection[name] is null) is { } missing ? AgencyRefusals.SettingMissing(missing) : connection;

    /// <summary>Lays down the control file and then the list, so that a list is never seen without what it must agree with. A file says nothing yet.</summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var folder = Folder(connection);
        var list = DistributionList.List(connection, unit);
        await folder.SendOnceAsync(DistributionList.ControlName(unit.Reference), DistributionList.Control(connection, unit, list), cancel);
        await folder.SendOnceAsync(DistributionList.ListName(unit.Reference), list, cancel);
        return Reading.Nothing;
    }

    /// <summary>An agency answers in files, never when asked.</summary>
    public Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel) => Task.FromResult(Reading.Nothing);

    public async Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<Order> orders, CancellationToken cancel)
    {
        if (orders.Count > 0)
        {
            var content = DistributionList.Stop(unit, orders.Select(order => order.Reference).Order(StringComparer.Ordinal));
            await Folder(connection).SendOnceAsync(DistributionList.StopName(DistributionList.StopReference(unit, content)), content, cancel);
        }

        return Reading.Nothing;
    }

    public async Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        [.. (await Folder(connection).CollectAsync(cancel)).Select(file => new Document(file.Name, file.Content, file.Path))];

    public Result<Reading> Read(Connection connection, Document document) => Sheet.Text(document.Content).Then(text =>
        Is(document, ".ack.csv") ? AgencyFiles.Acknowledgement(text)
        : Is(document, ".return.csv") ? AgencyFiles.Returns(text, connection.Currency, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
        : Is(document, ".stopack.csv") ? AgencyFiles.StopAnswer(text)
        : AgencyRefusals.UnknownDocument());

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel)
    {
        Folder(connection).SetAside(document.Name);
        return Task.CompletedTask;
    }

    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        Sheet.Text(document.Content).Then(text => AgencyStatement.Read(text, connection.Currency));

    private static bool Is(Document document, string ending) => document.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static DropFolder Folder(Connection connection) => new(connection.Require("directory"));
}
