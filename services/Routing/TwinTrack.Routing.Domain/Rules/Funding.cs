using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>
/// A funding source that its donor restricts to a track. A source without such a rule may be used on both tracks.
/// </summary>
/// <param name="Source">Its code.</param>
/// <param name="Track">The track that it was given for: 1 or 2.</param>
public sealed record FundingSource(string Source, int Track, string Text) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(Source) => "source: a funding source's code.",
        { Track: not (Kernel.Track.Government or Kernel.Track.Aligned) } => "track: 1 or 2.",
        _ when !IsText(Text) => $"text: 1 to {TextMax} characters; it is quoted in each refusal.",
        _ => null,
    };
}

/// <summary>Lets a restricted source be used on another track over a partner.</summary>
/// <param name="Partner">Channel code or provider; * is every partner.</param>
public sealed record FundingCrossing(string Source, int Track, string Partner, string Text) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(Source) => "source: a funding source's code.",
        { Track: not (Kernel.Track.Government or Kernel.Track.Aligned) } => "track: 1 or 2.",
        _ when !IsText(Partner) => "partner: a channel, a provider or *.",
        _ when !IsText(Text) => $"text: 1 to {TextMax} characters: who allowed it.",
        _ => null,
    };

    public bool Allows(RouteCandidate one) =>
        Source == one.Request.FundingSource && Track == one.Channel.Track && (Partner == Any || one.IsPartner(Partner));
}
