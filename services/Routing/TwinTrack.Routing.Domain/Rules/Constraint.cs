using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>
/// A red line forbids a combination of partner × area × authority × data × funding. Each part may be <c>*</c>. A
/// payment that matches all five must not go over the channel.
/// </summary>
/// <param name="Partner">Channel code or provider; <c>*</c> is every partner of track 2.</param>
/// <param name="Area">As <see cref="AreaPattern"/>.</param>
/// <param name="Authority">Who holds the area, from the access log; <c>unknown</c> without a report.</param>
/// <param name="Data">A <see cref="DataField"/> that must not be disclosed.</param>
/// <param name="Funding">Code of a funding source.</param>
/// <param name="Text">The quoted text.</param>
public sealed record Constraint(string Partner, string Area, string Authority, string Data, string Funding, string Text)
    : Rule
{
    public const string Unknown = "unknown";

    public override IReadOnlyList<string> AreasOf() => [Area];

    public override string? Fault() => this switch
    {
        _ when !IsText(Text) => $"text: 1 to {TextMax} characters; it is quoted in each refusal.",
        _ when !IsText(Partner) => "partner: a channel, a provider or *.",
        _ when !AreaPattern.IsValid(Area) => "area: a P-code, one with * behind, or *.",
        _ when !Word.IsCode(Authority) && Authority != Any => "authority: a code, unknown or *.",
        _ when Data != Any && Word.Read<DataField>(Data) is null => $"data: * or one of {Word.All<DataField>()}.",
        _ when !Word.IsCode(Funding) && Funding != Any => "funding: a funding source's code or *.",
        { Partner: Any, Area: Any, Authority: Any, Data: Any, Funding: Any } =>
            "it forbids everything; suspend the channels in place of it.",
        _ => null,
    };

    /// <param name="one">The payment and the channel.</param>
    /// <param name="authority">Of the payment's area.</param>
    public bool Forbids(RouteCandidate one, string authority) =>
        one.IsPartner(Partner)
        && one.IsIn(Area)
        && (Authority == Any || Authority == authority)
        && (Data == Any || one.Discloses.Any(field => Word.Of(field) == Data))
        && one.IsFunding(Funding);
}
