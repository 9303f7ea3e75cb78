using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>
/// Standard Webhooks 1.0: one listed signature must match a valid key, and the timestamp must be near our clock.
/// </summary>
internal static class StandardWebhookCheck
{
    private const int IdMax = 256;

    internal static CallbackProof Verify(CallbackSettings settings, CallbackRequest request, DateTimeOffset now)
    {
        if (request[StandardWebhooks.IdHeader] is not { Length: > 0 and <= IdMax } id
            || request[StandardWebhooks.SignatureHeader] is not { } signatures
            || id.Contains('.', StringComparison.Ordinal)
            || !long.TryParse(request[StandardWebhooks.TimestampHeader], NumberStyles.None,
                CultureInfo.InvariantCulture, out var at))
        {
            return CallbackProof.No(CallbackFaults.Unreadable);
        }

        if (!settings.IsTimely(at, now))
        {
            return CallbackProof.No(CallbackFaults.Time);
        }

        return StandardWebhooks.Matches(signatures, settings.Keys.Select(key => key.Bytes), id, at, request.Body.Span)
            ? CallbackProof.Of(id)
            : CallbackProof.No(CallbackFaults.Signature);
    }
}
