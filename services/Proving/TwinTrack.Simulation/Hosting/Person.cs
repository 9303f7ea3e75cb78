using System.Security.Claims;
using TwinTrack.Platform.Security;

namespace TwinTrack.Simulation.Hosting;

/// <summary>Who acts, as the gateway would have let them in.</summary>
internal sealed record Person(string Name, string Party, params string[] Roles)
{
    public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity(
        [new("sub", Name), new(Access.PartyClaim, Party), .. Roles.Select(role => new Claim(Access.RoleClaim, role))],
        "simulation", "sub", Access.RoleClaim));
}
