using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>
/// One way in which what one channel pays can be paid over another: the wallet of operator A through another
/// aggregator, or in cash. Where the book says anything about a channel and an instrument, only what it says is
/// portable; where it says nothing, whatever the other channel pays is.
/// </summary>
/// <param name="From">Code of the channel left, or *.</param>
/// <param name="Instrument">Of the household: mobile, bank or cash.</param>
/// <param name="To">Code of the channel that would pay, or *; empty for none.</param>
/// <param name="As">What it would be paid as.</param>
public sealed record Portability(string From, string Instrument, string To, string As) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(From) && From != Any => "from: a channel's code or *.",
        _ when !Word.IsCode(To) && To is not (Any or "") => "to: a channel's code, * or nothing.",
        _ when Word.Read<Instrument>(Instrument) is null || Word.Read<Instrument>(As) is null =>
            $"instrument, as: each one of {Word.All<Instrument>()}.",
        // There is no account to pay into but the household's own; without one there is only cash.
        _ when As != Instrument && As != Word.Of(Channels.Instrument.Cash) => "as: the instrument itself, or cash.",
        _ => null,
    };

    public bool Speaks(RouteChannel from, Instrument instrument) =>
        (From == Any || From == from.Code) && Instrument == Word.Of(instrument);

    public Instrument? Over(RouteChannel to) => To == Any || To == to.Code ? Word.Read<Instrument>(As) : null;
}
