using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>Where one obligation falls: 0 to 99 of the shares, and of the pilots.</summary>
public readonly record struct Points(int Share, int Pilot)
{
    public static Points Of(ObligationId obligation) => new(Draws.Point(obligation, Draw.Share), Draws.Point(obligation, Draw.Pilot));
}
