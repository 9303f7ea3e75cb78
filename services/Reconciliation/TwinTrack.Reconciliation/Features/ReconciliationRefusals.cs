using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// Refusals of the endpoints, in order of precedence. The rules' own refusals are with the rules. An unknown thing may
/// arrive a moment later.
/// </summary>
internal static class ReconciliationRefusals
{
    internal static readonly Refusal CursorUnreadable =
        new("page.bad_cursor", "The cursor is not one that a page ended with.", RefusalKind.Invalid);

    internal static readonly Refusal BatchUnknown =
        new("batch.unknown", "No release of such a batch has arrived.", RefusalKind.NotFound);

    internal static readonly Refusal CertificateNone =
        new("certificate.none", "The batch is not certified.", RefusalKind.NotFound);

    internal static readonly Refusal StatementUnknown =
        new("statement.unknown", "Nothing of such a statement has arrived.", RefusalKind.NotFound);

    internal static readonly Refusal BreakUnknown =
        new("break.unknown", "There is no such break.", RefusalKind.NotFound);
}
