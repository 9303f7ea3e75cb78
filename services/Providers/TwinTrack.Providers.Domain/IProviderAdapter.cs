using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// The socket for one protocol family. An adapter turns orders into the provider's words and the provider's words into
/// answers; it keeps no state, decides nothing about money and never guesses: what its status map does not list is
/// <see cref="Outcome.Unknown"/>.
/// </summary>
public interface IProviderAdapter
{
    /// <summary>The word by which channels name this adapter: snake_case, at most 32 characters.</summary>
    string Kind { get; }

    /// <summary>What is true of one connection; settings may make a difference.</summary>
    Abilities AbilitiesOf(Connection connection);

    /// <summary>Whether this connection's settings are complete; names the setting that is not.</summary>
    Result<Connection> Check(Connection connection);

    /// <summary>
    /// Puts one unit on the wire. The journal is committed before this call. Called again for the same unit only where
    /// <see cref="Abilities.SafeToResend"/>, always with the same references. An exception means nothing was learned.
    /// </summary>
    Task<Reading> SubmitAsync(Connection connection, Unit unit, CancellationToken cancel);

    /// <summary>Asks what became of a unit. Never orders anything, so it is safe while the channel is fenced.</summary>
    Task<Reading> AskAsync(Connection connection, Unit unit, CancellationToken cancel);

    /// <summary>
    /// How the wire is just now; calls nobody. An open circuit lets nothing through, so nothing should be journaled for
    /// it.
    /// </summary>
    ConnectionState StateOf(Connection connection) => ConnectionState.Ready;

    /// <summary>
    /// Asks for a sign of life and orders nothing; null when there was one, else the code of why not.
    /// </summary>
    Task<string?> ProbeAsync(Connection connection, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>
    /// Asks the provider not to execute these orders. Safe to repeat. Only where <see cref="Abilities.Recall"/>.
    /// </summary>
    Task<Reading> RecallAsync(Connection connection, Unit unit, IReadOnlyList<PaymentOrder> orders,
        CancellationToken cancel);

    /// <summary>
    /// Documents that the provider has laid down for us, oldest first; empty for providers that only speak when asked.
    /// </summary>
    Task<IReadOnlyList<Document>> CollectAsync(Connection connection, CancellationToken cancel);

    /// <summary>
    /// What a collected document or a callback's body says. A callback that nothing signs is a hint: it says no
    /// outcome, only "ask".
    /// </summary>
    Result<Reading> Read(Connection connection, Document document);

    /// <summary>
    /// What is wrong with a document that <see cref="Read"/> refuses, row by row; empty where it has no rows or can say
    /// no more.
    /// </summary>
    IReadOnlyList<RowFault> FaultsOf(Connection connection, Document document) => [];

    /// <summary>Called once what the document says is committed: it may be moved out of the way.</summary>
    Task DoneAsync(Connection connection, Document document, CancellationToken cancel);

    /// <summary>Reads a statement whole, or refuses it whole, naming line and field.</summary>
    Result<Statement> ReadStatement(Connection connection, Document document);
}

/// <summary>
/// What a protocol can do; the compliance suite holds the adapter to it. Providers declares it to Routing, which
/// believes it.
/// </summary>
/// <param name="Instruments">Words of <see cref="PayeeInstrument"/> that it pays into.</param>
/// <param name="Discloses">Words of <see cref="PayeeField"/> that the provider learns from an order.</param>
/// <param name="Recall">Can be asked not to execute what it has accepted.</param>
/// <param name="StatusQuery">Can be asked what became of a unit.</param>
/// <param name="Bulk">Takes more than one order a unit.</param>
/// <param name="SafeToResend">The provider refuses or ignores a second submission under the same reference.</param>
/// <param name="Callback">Calls back over HTTP.</param>
/// <param name="UnitMax">Orders that the provider takes as one, where <paramref name="Bulk"/>; from 1.</param>
/// <param name="CalledBackAnswers">
/// Answers questions by calling back, on the unit's path with <c>?of=ask</c>; its <see cref="IProviderAdapter.Read"/>
/// believes only an answer with our mark.
/// </param>
/// <param name="Portability">Pays accounts held at other providers too, or cash to anybody.</param>
/// <param name="MaxPerPaymentMinor">The most that one payment may be, minor units; null for no maximum.</param>
public sealed record Abilities(
    IReadOnlyList<string> Instruments, IReadOnlyList<string> Discloses, bool Recall, bool StatusQuery, bool Bulk,
    bool SafeToResend, bool Callback, int UnitMax = 1_000, bool CalledBackAnswers = false, bool Portability = false,
    long? MaxPerPaymentMinor = null);

/// <summary>Ways in which a payee is paid.</summary>
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
/// <param name="Settings">As the adapter documents them; secrets among them are never logged.</param>
public sealed record Connection(string Channel, Currency Currency, IReadOnlyDictionary<string, string> Settings)
{
    public string? this[string name] => Settings.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A setting that <see cref="IProviderAdapter.Check"/> has made sure of.</summary>
    public string Require(string name) => this[name]
        ?? throw new InvalidOperationException($"Channel {Channel} has no setting '{name}'.");
}

/// <summary>What goes over the wire as one: a file, a batch, or a single call.</summary>
/// <param name="Reference">
/// Stable, unique, at most 35 characters of [A-Z0-9]: the message or batch id at the provider.
/// </param>
/// <param name="CallbackToken">Unguessable path segment of this unit's callbacks.</param>
/// <param name="Again">
/// An earlier call may have put it on the wire: from here on, what is held back now is not proved unsent.
/// </param>
public sealed record Unit(string Reference, DateTimeOffset CreatedAt, string CallbackToken,
    IReadOnlyList<PaymentOrder> Orders,
    bool Again = false);

/// <summary>One instruction as the provider needs it.</summary>
/// <param name="Reference">
/// The instruction id's 32 hex digits: our reference of this attempt, the same for ever.
/// </param>
/// <param name="EndToEnd">The obligation id's 32 hex digits: the same over all attempts.</param>
public sealed record PaymentOrder(string Reference, string EndToEnd, Payee Payee, long AmountMinor, string Area,
    string Programme);

/// <param name="RegistryId">The household's number in the social registry.</param>
/// <param name="Instrument">A word of <see cref="PayeeInstrument"/>.</param>
/// <param name="Account">Phone in E.164 with its plus, IBAN, or null for cash.</param>
/// <param name="Alternate">Who may collect instead; null if nobody.</param>
public sealed record Payee(string RegistryId, string Name, string Instrument, string? Account, string? BankBic,
    string? Alternate);

/// <summary>A file or a body as it came.</summary>
/// <param name="Name">File name, or where a body came from.</param>
/// <param name="Path">Where a collected file lies; null for a body.</param>
public sealed record Document(string Name, byte[] Content, string? Path = null);
