using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>Data of one operator that needs no code. Its codes are in its status map.</summary>
/// <param name="Name">Setting <c>profile</c>.</param>
/// <param name="Needed">Required settings, without control characters. Some are secrets.</param>
/// <param name="CallsPerSecond">Default rate.</param>
/// <param name="CallsAtOnce">Default.</param>
/// <param name="Phone">The form of its phone numbers.</param>
/// <param name="WholeAmounts">Takes no fractions of the currency's unit.</param>
/// <param name="Enquires">Whether it can be asked for the holder of a number.</param>
internal sealed record ProfileSheet(
    string Name, string[] Needed, double CallsPerSecond, int CallsAtOnce, PhoneForm Phone, bool WholeAmounts = false,
    bool Enquires = false);

/// <summary>A channel's settings with its operator connection, for a profile.</summary>
internal sealed record OperatorCall(Connection Connection, OperatorConnection OperatorConnection, TimeProvider Clock)
{
    public OperatorAddress Address => OperatorConnection.Address;

    public string Require(string name) => Connection.Require(name);

    /// <summary>Where this unit's callbacks go; null: the operator is only asked.</summary>
    public string? CallbackUrl(Unit unit) => Address.CallbackBase is { } callback
        ? $"{callback}/{unit.CallbackToken}" : null;
}

/// <summary>One operator's protocol: its data, its status map, and a small client. Keeps no state.</summary>
internal abstract class OperatorProfile(ProfileSheet sheet)
{
    protected static readonly string[] Wallets = [PayeeInstrument.Mobile];

    /// <summary>The wallet's number is the account; the operator knows its holder.</summary>
    protected static readonly string[] AccountOnly = [PayeeField.Account];

    public ProfileSheet Sheet => sheet;

    public Result<OperatorAddress> AddressOf(Connection connection) =>
        OperatorAddress.Of(connection, sheet.CallsPerSecond, sheet.CallsAtOnce);

    /// <summary>What every request of this operator passes on its way to the wire.</summary>
    public virtual HttpMessageHandler Signed(Connection connection, TimeProvider clock, HttpMessageHandler wire) =>
        wire;

    public virtual Result<Connection> Check(Connection connection)
    {
        foreach (var name in sheet.Needed)
        {
            if (connection[name] is not { } value || value.Any(char.IsControl))
            {
                return MobileMoneyRefusals.Setting(name, "is missing or has control characters");
            }
        }

        return sheet.Phone == PhoneForm.National && !PhoneNumber.IsCountryCode(connection["countryCode"])
            ? MobileMoneyRefusals.Setting("countryCode", "is a country code without its plus, such as 260")
            : !Enquiry.IsKnown(connection["nameEnquiry"])
                ? MobileMoneyRefusals.Setting("nameEnquiry", "is off, status or name")
            : !sheet.Enquires && Enquiry.Of(connection) != EnquiryDepth.Off
                ? MobileMoneyRefusals.Setting("nameEnquiry", "is not offered by this operator")
            : AddressOf(connection).Then(_ => (Result<Connection>)connection);
    }

    public abstract Abilities AbilitiesOf(Connection connection, OperatorAddress address);

    /// <summary>Why this order can never be sent to this operator; null when it can.</summary>
    public string? Unfit(Connection connection, PaymentOrder order) =>
        PhoneForms.Of(order.Payee.Account, sheet.Phone, connection["countryCode"]) is null ? "NO_MSISDN"
        : sheet.WholeAmounts && connection.Currency.Format(order.AmountMinor).Split('.') is [_, var fraction]
            && fraction.Any(digit => digit != '0') ? "AMOUNT_NOT_WHOLE"
        : null;

    public abstract Task<Reading> SubmitAsync(OperatorCall call, Unit unit, CancellationToken cancel);

    public abstract Task<Reading> AskAsync(OperatorCall call, Unit unit, CancellationToken cancel);

    public virtual Task<Reading> RecallAsync(
        OperatorCall call, Unit unit, IReadOnlyList<PaymentOrder> orders, CancellationToken cancel) =>
        Task.FromResult(Reading.Nothing);

    /// <summary>
    /// Callbacks are not signed, and a failure may not name its order. So a callback is only a reason to ask.
    /// </summary>
    public virtual Reading ReadCallback(Connection connection, byte[] body) => Reading.Nothing;

    /// <summary>Why the account should not be paid; null when there is no objection or no answer.</summary>
    public virtual Task<string?> EnquireAsync(OperatorCall call, PaymentOrder order, CancellationToken cancel) =>
        Task.FromResult<string?>(null);

    public abstract Task<OperatorAnswer> ProbeAsync(OperatorCall call, CancellationToken cancel);

    /// <summary>
    /// The answer to a question. An answer that does not name the order may be about the question itself. So it ends no
    /// order.
    /// </summary>
    protected static Answer OfTheQuestion(Answer answer, string? named) =>
        named is null && answer.Verdict.Outcome != Outcome.Accepted
            ? answer with { Verdict = Verdict.Unknown(answer.Verdict.Code) } : answer;
}
