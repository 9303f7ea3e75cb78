using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>A change of track that nobody has proposed. It is rehearsed for comparison and has no effect.</summary>
public sealed class Scenario
{
    private const int NameMax = 100;

    /// <summary>It has a switch's kind of id, because Payments counts for it in the same way.</summary>
    public required SwitchId Id { get; init; }

    public required string Name { get; init; }

    public required string Programme { get; init; }

    public required CycleId CycleId { get; init; }

    /// <summary>Sorted P-codes; empty means all.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>Sorted codes of the channels to leave.</summary>
    public required IReadOnlyList<string> FromChannels { get; init; }

    /// <summary>1 government, 2 aligned.</summary>
    public required int ToTrack { get; init; }

    /// <summary>Who asked, as <see cref="Actor"/> writes it.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public SwitchScope Scope => new(Programme, CycleId, Areas, FromChannels, ToTrack);

    public static Result<Scenario> Of(SwitchId id, string name, SwitchScope scope, Actor by, DateTimeOffset at) =>
        name is not { Length: >= 1 and <= NameMax } ? SwitchRefusals.Invalid($"name: 1 to {NameMax} characters.")
        : scope.Fault() is { } fault ? SwitchRefusals.Invalid(fault)
        : new Scenario
        {
            Id = id,
            Name = name,
            Programme = scope.Programme,
            CycleId = scope.CycleId,
            Areas = [.. scope.Areas.Distinct().Order(StringComparer.Ordinal)],
            FromChannels = [.. scope.FromChannels.Distinct().Order(StringComparer.Ordinal)],
            ToTrack = scope.ToTrack,
            AskedBy = by.ToString(),
            AskedAt = at,
        };
}
