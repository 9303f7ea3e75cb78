using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// The interface for one protocol family. An adapter turns orders into the provider's format, and the provider's
/// answers into outcomes. It keeps no state, decides nothing about money and never guesses. A code that its status map
/// does not list is <see cref="Outcome.Unknown"/>.
/// </summary>
public interface IProviderAdapter
{
    /// <summary>The word by which channels name this adapter: snake_case, at most 32 characters.</summary>
    string Kind { get; }

    /// <summary>The abilities over one connection. They may depend on its settings.</summary>
    Abilities AbilitiesOf(Connection connection);

    /// <summary>Checks this connection's settings. The refusal names the faulty setting.</summary>
    Result<Connection> Check(Connection connection);

    /// <summary>
    /// Sends one unit. The journal is committed before this call. A unit is sent again only where
    /// <see cref="Abilities.SafeToResend"/>, always with the same references. After an exception the result is unknown.
    /// </summary>
    Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel);

    /// <summary>
    /// Asks for the state of a unit. It never orders a payment, so it is safe while the channel is fenced.
    /// </summary>
    Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel);

    /// <summary>
    /// The current state of the connection, without a call. While the circuit is open, nothing should be journaled.
    /// </summary>
    ConnectionState StateOf(Connection connection) => ConnectionState.Ready;

    /// <summary>Probes the provider and orders nothing; null when it answered, else the code of the fault.</summary>
    Task<string?> ProbeAsync(Connection connection, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>
    /// Asks the provider not to execute these orders. Safe to repeat. Only where <see cref="Abilities.Recall"/>.
    /// </summary>
    Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel);

    /// <summary>
    /// Documents that the provider has delivered, oldest first. Empty for providers that only answer questions.
    /// </summary>
    Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel);

    /// <summary>
    /// Reads a collected document or a callback's body. An unsigned callback is a hint and gives no outcome.
    /// </summary>
    Result<Reading> Read(Connection connection, Document document);

    /// <summary>
    /// The faults, row by row, of a document that <see cref="Read"/> refuses. Empty for a document without rows, or
    /// without further detail.
    /// </summary>
    IReadOnlyList<RowFault> FaultsOf(Connection connection, Document document) => [];

    /// <summary>Called after the document's content is committed. The document may then be moved away.</summary>
    Task DoneAsync(Connection connection, Document document, CancellationToken cancel);

    /// <summary>Reads a whole statement, or refuses it as a whole, naming line and field.</summary>
    Result<Statement> ReadStatement(Connection connection, Document document);
}

/// <summary>
/// What a protocol can do. The compliance suite checks the adapter against it. Providers declares it to Routing.
/// </summary>
/// <param name="Instruments">Words of <see cref="PayeeInstrument"/> that it pays into.</param>
/// <param name="Discloses">Words of <see cref="PayeeField"/> that the provider learns from an order.</param>
/// <param name="Recall">The provider can be asked not to execute an accepted order.</param>
/// <param name="StatusQuery">The provider can be asked for the state of a unit.</param>
/// <param name="Bulk">The provider takes more than one order in a unit.</param>
/// <param name="SafeToResend">The provider refuses or ignores a second submission under the same reference.</param>
/// <param name="Callback">Calls back over HTTP.</param>
/// <param name="UnitMax">Most orders in a unit, where <paramref name="Bulk"/>; from 1.</param>
/// <param name="CalledBackAnswers">
/// Answers questions by calling back, on the unit's path with <c>?of=ask</c>; its <see cref="IProviderAdapter.Read"/>
/// accepts only an answer with our mark.
/// </param>
/// <param name="Portability">Pays accounts held at other providers too, or cash to anybody.</param>
/// <param name="MaxPerPaymentMinor">The most that one payment may be, minor units; null for no maximum.</param>
public sealed record Abilities(
    IReadOnlyList<string> Instruments, IReadOnlyList<string> Discloses, bool Recall, bool StatusQuery, bool Bulk,
    bool SafeToResend, bool Callback, int UnitMax = 1_000, bool CalledBackAnswers = false, bool Portability = false,
    long? MaxPerPaymentMinor = null);

/// <summary>The instruments for paying a payee.</summary>
public static class PayeeInstrument
{
    public const string Mobile = "mobile";

    public const string Bank = "bank";

    public const string Cash = "cash";
}

/// <summary>Personal data about a payee.</summary>
public static class PayeeField
{
    public const string HouseholdId = "household_id";

    public const string Name = "name";

    public const string Alternate = "alternate";

    public const string Account = "account";

    public const string Area = "area";
}

/// <summary>How to reach one channel's provider.</summary>
/// <param name="Currency">The channel pays in this currency only.</param>
/// <param name="Settings">The settings that the adapter documents. Secrets among them are never logged.</param>
public sealed record Connection(string Channel, Currency Currency, IReadOnlyDictionary<string, string> Settings)
{
    public string? this[string name] => Settings.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A setting that <see cref="IProviderAdapter.Check"/> has ensured.</summary>
    public string Require(string name) => this[name]
        ?? throw new InvalidOperationException($"Channel {Channel} has no setting '{name}'.");
}

/// <summary>A group of orders that is sent together: a file, a batch, or a single call.</summary>
/// <param name="Reference">
/// Stable, unique, at most 35 characters of [A-Z0-9]: the message or batch id at the provider.
/// </param>
/// <param name="CallbackToken">Unguessable path segment of this unit's callbacks.</param>
/// <param name="Again">
/// An earlier call may have sent the unit. So an order that is left out now is not proved unsent.
/// </param>
public sealed record Unit(string Reference, DateTimeOffset CreatedAt, string CallbackToken,
    IReadOnlyList<PaymentOrder> Orders,
    bool Again = false);

/// <summary>One instruction as the provider needs it.</summary>
/// <param name="Reference">The instruction id's 32 hex digits: our reference of this attempt. It never changes.</param>
/// <param name="EndToEnd">The obligation id's 32 hex digits: the same over all attempts.</param>
public sealed record PaymentOrder(string Reference, string EndToEnd, Payee Payee, long AmountMinor, string Area,
    string Programme);

/// <param name="RegistryId">The household's number in the social registry.</param>
/// <param name="Instrument">A word of <see cref="PayeeInstrument"/>.</param>
/// <param name="Account">Phone in E.164 with its plus, IBAN, or null for cash.</param>
/// <param name="Alternate">The person who may collect instead; null if there is none.</param>
public sealed record Payee(string RegistryId, string Name, string Instrument, string? Account, string? BankBic,
    string? Alternate);

/// <summary>A file or a body as it came.</summary>
/// <param name="Name">File name, or where a body came from.</param>
/// <param name="Path">Where a collected file lies; null for a body.</param>
public sealed record Document(string Name, byte[] Content, string? Path = null);
