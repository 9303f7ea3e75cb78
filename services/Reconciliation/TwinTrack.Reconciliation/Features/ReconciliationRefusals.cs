using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// What the edge refuses, in order of precedence; the rules' own refusals stand with the rules. What is unknown now may
/// have arrived a moment later.
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
