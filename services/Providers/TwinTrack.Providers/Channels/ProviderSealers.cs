using TwinTrack.Platform.Security;

namespace TwinTrack.Providers.Channels;

/// <summary>The two keys of this service.</summary>
/// <param name="Payees">Shared with Enrolments, which seals the payees.</param>
/// <param name="Connections">Used by this service only.</param>
internal sealed record ProviderSealers(Sealer Payees, Sealer Connections)
{
    public static ProviderSealers From(IConfiguration configuration) =>
        new(Sealer.Named("payee", configuration), Sealer.Named("connections", configuration));
}
