using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// Refusals of the endpoints, in order of precedence. The rules' own refusals are with the rules. An unknown thing may
/// arrive a moment later.
/// </summary>
internal static class ReconciliationRefusals
{
    internal static readonly Refusal CursorUnreadable =
        new("page.bad_cursor",
            "This is not a cursor. Use the value that the page before gave as next.", RefusalKind.Invalid);

    internal static readonly Refusal BatchUnknown =
        new("batch.unknown",
            "No batch with this id has reached Reconciliation. Check the id, or wait until the batch is released.",
            RefusalKind.NotFound);

    internal static readonly Refusal CertificateNone =
        new("certificate.none", "The batch is not certified. Certify it first.", RefusalKind.NotFound);

    internal static readonly Refusal StatementUnknown =
        new("statement.unknown",
            "No part of a statement with this id has arrived. Check the id, or wait.", RefusalKind.NotFound);

    internal static readonly Refusal BreakUnknown =
        new("break.unknown", "No break has this id. Check the id in the list of breaks.", RefusalKind.NotFound);
}
