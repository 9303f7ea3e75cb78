using TwinTrack.Kernel;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// Refusals of the service to a partner. The adapter refuses by the agreement and by the file's content.
/// </summary>
internal static class PartnerRefusals
{
    /// <summary>Later: when there is one.</summary>
    public static readonly Refusal TrancheUnknown = new(
        "partner.tranche_unknown",
            "No tranche with this reference is available. Check the reference in the list of tranches.",
            RefusalKind.NotFound);

    /// <summary>Never succeeds: a tranche has three parts.</summary>
    public static readonly Refusal PartUnknown = new(
        "partner.part_unknown",
            "A tranche has no part with this name. Ask for list, control or signature.", RefusalKind.NotFound);

    /// <summary>Later: when it was brought.</summary>
    public static readonly Refusal AnswerUnknown = new(
        "partner.answer_unknown",
            "No file of this name was uploaded, or it has not been read yet. Check the name, or ask again later.",
        RefusalKind.NotFound);

    /// <summary>Never.</summary>
    public static readonly Refusal SignatureUnreadable = new(
        "partner.signature_unreadable",
            "The signature header is not base64. Send the signature as base64.", RefusalKind.Invalid);
}
