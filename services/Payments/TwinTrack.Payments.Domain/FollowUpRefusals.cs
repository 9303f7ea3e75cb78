using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>Refusals of a follow-up batch, in order of precedence.</summary>
public static class FollowUpRefusals
{
    public const int HouseholdsMax = 1_000;

    /// <summary>May succeed later, when the batch is released.</summary>
    public static Refusal BatchNotReleased(BatchState state) => new("follow_up.batch_not_released",
        $"The batch is {state}. A follow-up is made of a batch that is Released or Certified.", RefusalKind.Conflict);

    public static readonly Refusal OtherCycle = new("follow_up.other_cycle",
        "The batch that is followed up is of another cycle. Give the cycle of that batch.");

    public static Refusal UnknownReason(string given) => new("follow_up.unknown_reason",
        $"The reason '{(given.Length > ShownMax ? given[..ShownMax] : given)}' is unknown. "
        + $"Accepted are {Word.All<FollowUpReason>()}.",
        RefusalKind.Invalid);

    public static readonly Refusal NoneNamed = new("follow_up.none_named",
        "Reasons or households are given as an empty list. Leave the list out, or name at least one.",
        RefusalKind.Invalid);

    public static readonly Refusal OnlyWithFollowUp = new("follow_up.not_named",
        "Reasons and households belong to a follow-up. Name the batch that is followed up, or leave them out.",
        RefusalKind.Invalid);

    public static readonly Refusal TooManyHouseholds = new("follow_up.too_many_households",
        $"More than {HouseholdsMax} households are named. Name fewer, or leave the list out to take all.",
        RefusalKind.Invalid);

    /// <summary>May succeed later, when one of these counts has become a reason to take it.</summary>
    public static Refusal Nothing(IReadOnlyDictionary<FollowUpReason, long> otherwise,
        IReadOnlyDictionary<StayReason, long> staying) => new("follow_up.nothing",
        "Nothing of the batch is to be followed up"
        + (otherwise.Count == 0 ? "" : $" for these reasons or households; others: {CountsOf(otherwise)}")
        + (staying.Count == 0 ? "" : $". Not taken: {CountsOf(staying)}")
        + $". {NextOf(otherwise, staying)}");

    private const int ShownMax = 40;

    private static readonly (StayReason Stay, string Do)[] Next =
    [
        (StayReason.Incident, "Work its incidents first."),
        (StayReason.InDoubt, "Wait for the providers' answers or statements."),
        (StayReason.UnderWay, "Wait until they have ended."),
        (StayReason.PlannedAgain, "The batch plans them again by itself as soon as a channel reaches them. "
            + "Certify it to take them into a follow-up."),
        (StayReason.PaidLate, "They are paid."),
    ];

    private static string NextOf(IReadOnlyDictionary<FollowUpReason, long> otherwise,
        IReadOnlyDictionary<StayReason, long> staying) =>
        otherwise.Count > 0 ? "Name these reasons or households, or leave them out."
        : Next.FirstOrDefault(one => staying.ContainsKey(one.Stay)).Do ?? "Everything in it is paid.";

    private static string CountsOf<TReason>(IReadOnlyDictionary<TReason, long> counts)
        where TReason : struct, Enum =>
        string.Join(", ", counts.OrderBy(count => count.Key)
            .Select(count => Invariant($"{count.Value} {Word.Of(count.Key)}")));
}
