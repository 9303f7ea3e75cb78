using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>
/// One way to pay the payees of one channel over another channel. Example: a wallet of operator A through another
/// aggregator, or in cash. If rules exist for a channel and instrument, only these rules allow it. Without a rule, the
/// other channel's own instruments decide.
/// </summary>
/// <param name="From">Code of the channel left, or *.</param>
/// <param name="Instrument">Instrument of the household: mobile, bank or cash.</param>
/// <param name="To">Code of the channel that would pay, or *; empty for none.</param>
/// <param name="As">The instrument that would be used.</param>
public sealed record Portability(string From, string Instrument, string To, string As) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(From) && From != Any => "from: a channel's code or *.",
        _ when !Word.IsCode(To) && To is not (Any or "") => "to: a channel's code, * or nothing.",
        _ when Word.Read<Instrument>(Instrument) is null || Word.Read<Instrument>(As) is null =>
            $"instrument, as: each one of {Word.All<Instrument>()}.",
        // A payment goes to the household's own account, or is made in cash.
        _ when As != Instrument && As != Word.Of(Channels.Instrument.Cash) => "as: the instrument itself, or cash.",
        _ => null,
    };

    public bool Speaks(RouteChannel from, Instrument instrument) =>
        (From == Any || From == from.Code) && Instrument == Word.Of(instrument);

    public Instrument? Over(RouteChannel to) => To == Any || To == to.Code ? Word.Read<Instrument>(As) : null;
}
