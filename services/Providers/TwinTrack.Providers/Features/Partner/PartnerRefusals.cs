using TwinTrack.Kernel;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// Refusals of the service to a partner. The adapter refuses by the agreement and by the file's content.
/// </summary>
internal static class PartnerRefusals
{
    /// <summary>Later: when there is one.</summary>
    public static readonly Refusal TrancheUnknown = new(
        "partner.tranche_unknown", "No such tranche lies there.", RefusalKind.NotFound);

    /// <summary>Later: when it was brought.</summary>
    public static readonly Refusal AnswerUnknown = new(
        "partner.answer_unknown", "No file of this name was brought, or it has not been read yet.",
        RefusalKind.NotFound);

    /// <summary>Never.</summary>
    public static readonly Refusal SignatureUnreadable = new(
        "partner.signature_unreadable", "The header is not base64.", RefusalKind.Invalid);
}
