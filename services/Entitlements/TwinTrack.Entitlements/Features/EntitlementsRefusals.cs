using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Features;

/// <summary>
/// Refusals of the endpoints, in order of precedence. The rules' own refusals are with the rules. All except
/// <see cref="CycleExists"/> may succeed once the missing thing exists.
/// </summary>
internal static class EntitlementsRefusals
{
    internal static readonly Refusal ProgrammeNoName =
        new("programme.no_name", "The name is missing or too long. Give 1 to 200 characters.", RefusalKind.Invalid);

    internal static readonly Refusal ProgrammeUnknown =
        new("programme.unknown",
            "No programme has this code. Check the code in the list of programmes.", RefusalKind.NotFound);

    internal static readonly Refusal ParametersUnknown =
        new("parameters.unknown",
            "The programme has no parameters of this version. Check the version in the list.", RefusalKind.NotFound);

    internal static readonly Refusal ParametersIncomplete =
        new("parameters.incomplete",
            "Parameters are missing. Give a base amount, and a name and a funding source for each top-up.",
            RefusalKind.Invalid);

    internal static readonly Refusal CycleUnknown =
        new("cycle.unknown", "No cycle has this id. Check the id in the list of cycles.", RefusalKind.NotFound);

    internal static readonly Refusal EntitlementUnknown =
        new("entitlement.unknown", "No entitlement has this id. Check the id.", RefusalKind.NotFound);

    internal static readonly Refusal CursorUnreadable =
        new("page.bad_cursor",
            "This is not a cursor. Use the value that the page before gave as next.", RefusalKind.Invalid);

    /// <summary>Never succeeds, unless the other cycle is cancelled.</summary>
    internal static readonly Refusal CycleExists =
        new("cycle.exists",
            "The programme already has a cycle for this period. Use that cycle, or cancel it first.",
            RefusalKind.Conflict);

    internal static readonly Refusal CurrencyFixed =
        new("programme.currency_fixed",
            "The currency cannot change, because the programme has amounts in it. Define another programme.");

    internal static readonly Refusal NoParameters =
        new("programme.no_parameters",
            "The programme has no amount rule yet. Add parameters first.");

    internal static readonly Refusal NoReason =
        new("cycle.no_reason",
            "The reason for the cancellation is missing or too long. Give 1 to 500 characters.", RefusalKind.Invalid);
}
