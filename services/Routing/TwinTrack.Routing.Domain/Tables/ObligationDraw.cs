using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>The points of one obligation in the share draw and the pilot draw, 0 to 99.</summary>
public readonly record struct ObligationDraw(int Share, int Pilot)
{
    public static ObligationDraw Of(ObligationId obligation) =>
        new(Draws.Point(obligation, Draw.Share), Draws.Point(obligation, Draw.Pilot));
}
