using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Features;

/// <summary>
/// Refusals of the endpoints, in order of precedence. The rules' own refusals are with the rules. All except
/// <see cref="CycleExists"/> may succeed once the missing thing exists.
/// </summary>
internal static class EntitlementsRefusals
{
    internal static readonly Refusal ProgrammeNoName =
        new("programme.no_name", "A programme has a name of 1 to 200 characters.", RefusalKind.Invalid);

    internal static readonly Refusal ProgrammeUnknown =
        new("programme.unknown", "There is no such programme.", RefusalKind.NotFound);

    internal static readonly Refusal ParametersUnknown =
        new("parameters.unknown", "There is no such version of the parameters.", RefusalKind.NotFound);

    internal static readonly Refusal ParametersIncomplete =
        new("parameters.incomplete", "Parameters have a base amount, and every top-up has a name and a funding source.",
            RefusalKind.Invalid);

    internal static readonly Refusal CycleUnknown =
        new("cycle.unknown", "There is no such cycle.", RefusalKind.NotFound);

    internal static readonly Refusal EntitlementUnknown =
        new("entitlement.unknown", "There is no such entitlement.", RefusalKind.NotFound);

    internal static readonly Refusal CursorUnreadable =
        new("page.bad_cursor", "The cursor is not one that a page ended with.", RefusalKind.Invalid);

    /// <summary>Never succeeds, unless the other cycle is cancelled.</summary>
    internal static readonly Refusal CycleExists =
        new("cycle.exists", "The programme already has a cycle for this period.", RefusalKind.Conflict);

    internal static readonly Refusal CurrencyFixed =
        new("programme.currency_fixed", "The currency cannot change once amounts are set in it.");

    internal static readonly Refusal NoParameters =
        new("programme.no_parameters", "The programme has no amount rule yet.");

    internal static readonly Refusal NoReason =
        new("cycle.no_reason", "Say in 1 to 500 characters why the cycle is cancelled.", RefusalKind.Invalid);
}
