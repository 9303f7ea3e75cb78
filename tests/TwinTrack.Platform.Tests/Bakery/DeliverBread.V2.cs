namespace TwinTrack.Platform.Tests.Bakery.V2;

/// <summary>The second version, which is sent and handled beside the first.</summary>
public sealed record DeliverBread(string Order, string Street);
