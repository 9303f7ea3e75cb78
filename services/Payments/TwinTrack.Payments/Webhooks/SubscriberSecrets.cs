using Microsoft.Extensions.Configuration;
using TwinTrack.Kernel;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;

namespace TwinTrack.Payments.Webhooks;

/// <summary>
/// Makes subscribers' secrets, seals them under the key <c>subscribers</c>, and opens them to sign. A secret is shown
/// once, when it is made.
/// </summary>
internal sealed class SubscriberSecrets(IConfiguration configuration, TimeProvider clock)
{
    /// <summary>How long the old secret signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>Read when first needed, so an installation without subscribers needs no key.</summary>
    private readonly Lazy<Sealer> _sealer = new(
        () => Sealer.Named("subscribers", configuration), LazyThreadSafetyMode.PublicationOnly);

    public (string Shown, string Sealed) New()
    {
        var secret = StandardWebhooks.NewSecret();
        return (secret, _sealer.Value.Seal(secret));
    }

    /// <summary>What signs now, the newest first.</summary>
    public IReadOnlyList<byte[]> Of(Subscriber subscriber)
    {
        var old = subscriber.OldUntil > clock.GetUtcNow() ? subscriber.OldSecret : null;
        return [.. new[] { subscriber.Secret, old }.OfType<string>()
            .Select(text => StandardWebhooks.ReadSecret(_sealer.Value.Open(text))!)];
    }
}
