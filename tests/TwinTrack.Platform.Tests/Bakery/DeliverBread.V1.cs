namespace TwinTrack.Platform.Tests.Bakery.V1;

/// <summary>The first version of a message: the street is not known.</summary>
public sealed record DeliverBread(string Order);
