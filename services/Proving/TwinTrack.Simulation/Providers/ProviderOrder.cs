namespace TwinTrack.Simulation.Providers;

/// <summary>What a provider will do with an order, whatever it says of it.</summary>
internal enum ProviderBehaviour
{
    /// <summary>Pays within seconds, and says so.</summary>
    Prompt,

    /// <summary>Pays after minutes.</summary>
    Late,

    /// <summary>Refuses, and says so.</summary>
    Rejects,

    /// <summary>Pays, and never says anything but in its statement.</summary>
    PaysSilently,

    /// <summary>Never pays and never says anything.</summary>
    NeverPays,

    /// <summary>Says that it will never pay, and pays. Breaks its word.</summary>
    Contradicts,

    /// <summary>Pays, and books the money back later.</summary>
    Returns,

    /// <summary>Says that it does not know the order, and pays.</summary>
    DeniesThenPays,
}

internal enum OrderFate
{
    Pending,
    Paid,
    Rejected,
    Recalled,
}

/// <summary>
/// One order in a provider's own ledger: the truth about the money. TwinTrack sees only what the provider reports.
/// </summary>
internal sealed class ProviderOrder
{
    public required string Reference { get; init; }

    public required string EndToEnd { get; init; }

    public required string Unit { get; init; }

    public required long AmountMinor { get; init; }

    public required ProviderBehaviour Behaviour { get; init; }

    /// <summary>After this the provider does not execute it any more, as its contract says.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    public OrderFate Fate { get; set; }

    public DateTimeOffset? PaidAt { get; set; }

    public DateTimeOffset? ReturnedAt { get; set; }

    public int TimesPaid { get; set; }

    /// <summary>The provider reported it as ended for good, and paid it.</summary>
    public bool BrokeItsWord { get; set; }

    public bool Speaks => Behaviour is not (ProviderBehaviour.PaysSilently or ProviderBehaviour.NeverPays);

    /// <summary>Money that is out, minor units.</summary>
    public long OutMinor => (TimesPaid - (ReturnedAt is null ? 0 : 1)) * AmountMinor;

    public bool MayStillPay(DateTimeOffset now) => Fate == OrderFate.Pending && now <= ValidUntil;

    public override string ToString() =>
        $"{Fate} ({Behaviour}){(TimesPaid > 1 ? $", paid {TimesPaid} times" : "")}"
        + $"{(ReturnedAt is null ? "" : ", returned")}{(BrokeItsWord ? ", against its word" : "")}";
}
