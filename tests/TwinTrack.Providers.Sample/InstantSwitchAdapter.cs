using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Sample;

// <adapter>
/// <summary>A fictitious national switch for instant payments: JSON over HTTP, one payment a call.</summary>
/// <param name="http">Made with <see cref="NoRedirects"/>: a redirected order is an order to someone else.</param>
public sealed class InstantSwitchAdapter(HttpClient http) : IProviderAdapter
{
    private const int PaymentsAUnit = 50;

    public string Kind => "instant_switch";

    public static SocketsHttpHandler NoRedirects() => new() { AllowAutoRedirect = false, UseCookies = false };

    public Result<Connection> Check(Connection connection) =>
        SwitchSettings.Of(connection).Then<Connection>(_ => connection);

    public Abilities AbilitiesOf(Connection connection)
    {
        var settings = Settings(connection);
        return new Abilities(
            [PayeeInstrument.Mobile, PayeeInstrument.Bank], [PayeeField.Name, PayeeField.Account],
            Recall: false, StatusQuery: true, Bulk: true, SafeToResend: true,
            Callback: settings.CallbackBase is not null, UnitMax: PaymentsAUnit, Portability: true,
            MaxPerPaymentMinor: settings.MaxMinor);
    }
    // </adapter>

    // <submit>
    /// <summary>One call a payment. A copy that the switch refuses as a duplicate is answered by asking.</summary>
    public async Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var client = Client(connection);
        var answers = new List<Answer>();
        foreach (var order in unit.Orders)
        {
            var answer = await client.SubmitAsync(order, unit.CallbackToken, cancel);
            answers.Add(answer.Status == 409
                ? await QueryAsync(client, order, cancel)
                : answer.About(order, SwitchStatusMap.Submission, 200, 202, 422));
        }

        return new Reading([], answers);
    }
    // </submit>

    // <query>
    /// <summary>By our references alone: the process that sent the unit may be gone.</summary>
    public async Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel)
    {
        var client = Client(connection);
        var answers = new List<Answer>();
        foreach (var order in unit.Orders)
        {
            answers.Add(await QueryAsync(client, order, cancel));
        }

        return new Reading([], answers);
    }

    /// <summary>Only 200 is believed. A 404 may mean that the order is still on its way: it frees nothing.</summary>
    private static async Task<Answer> QueryAsync(SwitchClient client, PaymentOrder order, CancellationToken cancel) =>
        (await client.QueryAsync(order, cancel)).About(order, SwitchStatusMap.Query, 200);
    // </query>

    // <rest>
    /// <summary>The switch has no recall, and <see cref="AbilitiesOf"/> says so.</summary>
    public Task<Reading> RecallAsync(
        Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders, CancellationToken cancel) =>
        Task.FromResult(Reading.Nothing);

    public async Task<string?> ProbeAsync(Connection connection, CancellationToken cancel) =>
        (await Client(connection).EchoAsync(cancel)).Status is var status && status == 200
            ? null : Invariant($"HTTP_{status}");

    /// <summary>The switch speaks when it is asked, and calls back; it lays down no documents.</summary>
    public Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Document>>([]);

    /// <summary>A callback is a hint: it says no outcome. The service asks.</summary>
    public Result<Reading> Read(Connection connection, Document document) => Reading.Nothing;

    public Task DoneAsync(Connection connection, Document document, CancellationToken cancel) => Task.CompletedTask;

    public Result<Statement> ReadStatement(Connection connection, Document document) =>
        SwitchStatement.Read(connection.Currency, document.Content);
    // </rest>

    private SwitchClient Client(Connection connection) => new(http, connection, Settings(connection));

    /// <summary>Checked when the connection was put.</summary>
    private static SwitchSettings Settings(Connection connection) => SwitchSettings.Of(connection).Match(
        settings => settings, refusal => throw new InvalidOperationException(refusal.Reason));
}
