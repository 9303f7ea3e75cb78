using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>Personal data that a provider is told about a payee: the words of an agreement's fields.</summary>
public enum DataField
{
    HouseholdId,
    Name,
    Alternate,
    Account,
    Area,
}

/// <summary>What an order discloses, by the protocol it goes over.</summary>
public static class Disclosed
{
    private static readonly Dictionary<Adapter, DataField[]> Table = new()
    {
        // pain.001: creditor and creditor account (ISO 20022).
        [Adapter.Bank] = [DataField.Name, DataField.Account],
        // The wallet's number is the account; the operator knows the holder.
        [Adapter.MobileMoney] = [DataField.Account],
        [Adapter.Agency] = [DataField.HouseholdId, DataField.Name, DataField.Alternate, DataField.Account,
            DataField.Area],
    };

    public static IReadOnlyList<DataField> By(Adapter adapter) => Table[adapter];
}
