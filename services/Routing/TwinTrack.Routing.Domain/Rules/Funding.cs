using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>
/// A funding source whose giver restricts it to a track. One that is not in the book goes wherever the payment goes.
/// </summary>
/// <param name="Source">Its code.</param>
/// <param name="Track">Where it was given for: 1 or 2.</param>
public sealed record FundingSource(string Source, int Track, string Text) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(Source) => "source: a funding source's code.",
        { Track: not (Domain.Track.Government or Domain.Track.Aligned) } => "track: 1 or 2.",
        _ when !IsText(Text) => $"text: 1 to {TextMax} characters; it is quoted in each refusal.",
        _ => null,
    };
}

/// <summary>Lets a restricted source cross to a track, over a partner.</summary>
/// <param name="Partner">Channel code or provider; * is every partner.</param>
public sealed record FundingCrossing(string Source, int Track, string Partner, string Text) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(Source) => "source: a funding source's code.",
        { Track: not (Domain.Track.Government or Domain.Track.Aligned) } => "track: 1 or 2.",
        _ when !IsText(Partner) => "partner: a channel, a provider or *.",
        _ when !IsText(Text) => $"text: 1 to {TextMax} characters: who allowed it.",
        _ => null,
    };

    public bool Allows(RouteCandidate one) =>
        Source == one.Request.FundingSource && Track == one.Channel.Track && (Partner == Any || one.IsPartner(Partner));
}
