using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>An operator's address and its rate limits, from a connection's settings, for every profile.</summary>
/// <param name="Base">
/// Setting <c>baseUrl</c>, with the version's path if it has one; no slash at the end. https, or http to this machine,
/// or with <c>plainHttp</c> = true.
/// </param>
/// <param name="CallbackBase">Setting <c>callbackBase</c>; null: the operator is only asked.</param>
/// <param name="CallsPerSecond">Setting <c>callsPerSecond</c>, 0.1 to 10,000: sent orders.</param>
/// <param name="AsksPerSecond">
/// Setting <c>asksPerSecond</c>, 0.1 to 10,000: questions, enquiries and tokens. They have a separate limit. Status
/// queries use up no order's turn.
/// </param>
/// <param name="CallsAtOnce">Setting <c>callsAtOnce</c>, 1 to 64: orders and questions together.</param>
/// <param name="CallTime">
/// Setting <c>callSeconds</c>, 0.1 s to 25 s, default 8 s: limit of one call with headers and body.
/// </param>
/// <param name="BreakAfter">
/// Setting <c>breakAfter</c>, 2 to 1,000, default 10: this many calls in 30 s, with half unanswered, open the circuit.
/// </param>
/// <param name="BreakTime">
/// Setting <c>breakSeconds</c>, 0.5 s to an hour, default 15 s: how long an open circuit allows no call.
/// </param>
internal sealed record OperatorAddress(
    string Base, string? CallbackBase, double CallsPerSecond, double AsksPerSecond, int CallsAtOnce, TimeSpan CallTime,
    int BreakAfter, TimeSpan BreakTime)
{
    /// <summary>The service's limit for one call, less some time to return the answer.</summary>
    private static readonly TimeSpan UnitTime = TimeSpan.FromSeconds(28);

    private const int SinglesMax = 50;

    /// <summary>The last order of a unit must start within this time, so that its answer still arrives.</summary>
    public TimeSpan Budget => UnitTime - CallTime;

    /// <summary>
    /// Orders in a unit when each is a call: five rounds, or ten seconds at the rate, whichever is less.
    /// </summary>
    public int SingleUnitMax => (int)Math.Clamp(Math.Min(CallsAtOnce * 5, CallsPerSecond * 10), 1, SinglesMax);

    /// <param name="callsPerSecond">Default of both rates.</param>
    /// <param name="callsAtOnce">Default.</param>
    public static Result<OperatorAddress> Of(Connection connection, double callsPerSecond, int callsAtOnce)
    {
        var plain = connection["plainHttp"] == "true";
        foreach (var (name, needed) in new[] { ("baseUrl", true), ("callbackBase", false) })
        {
            if ((needed || connection[name] is not null) && !IsUrl(connection[name], plain))
            {
                return MobileMoneyRefusals.Setting(
                    name, "must be an https address without query (http only to this machine, or with plainHttp = "
                        + "true)");
            }
        }

        var numbers = new SettingNumbers(connection);
        var address = new OperatorAddress(
            connection.Require("baseUrl").TrimEnd('/'),
            connection["callbackBase"]?.TrimEnd('/'),
            numbers.Read("callsPerSecond", callsPerSecond, 0.1, 10_000),
            numbers.Read("asksPerSecond", callsPerSecond, 0.1, 10_000),
            (int)numbers.Read("callsAtOnce", callsAtOnce, 1, 64),
            numbers.Seconds("callSeconds", 8, 0.1, 25),
            (int)numbers.Read("breakAfter", 10, 2, 1_000),
            numbers.Seconds("breakSeconds", 15, 0.5, 3_600));
        return numbers.Refusal is { } refusal ? refusal : address;
    }

    private static bool IsUrl(string? text, bool plain) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (plain || uri.IsLoopback)))
        && uri is { UserInfo: "", Query: "", Fragment: "" };
}
