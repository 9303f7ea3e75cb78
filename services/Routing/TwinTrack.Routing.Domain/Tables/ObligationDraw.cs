using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>Where one obligation falls: 0 to 99 of the shares, and of the pilots.</summary>
public readonly record struct ObligationDraw(int Share, int Pilot)
{
    public static ObligationDraw Of(ObligationId obligation) =>
        new(Draws.Point(obligation, Draw.Share), Draws.Point(obligation, Draw.Pilot));
}
