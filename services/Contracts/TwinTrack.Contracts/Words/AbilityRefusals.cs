namespace TwinTrack.Contracts.Words;

/// <summary>
/// How <c>ChannelAbilitiesDeclared.Refusal</c> begins, up to its colon, where Routing or an operator must know it.
/// Another code says which setting of the connection is wrong.
/// </summary>
public static class AbilityRefusals
{
    /// <summary>The installation has no such adapter. Only another build brings it.</summary>
    public const string AdapterMissing = "adapter.missing";

    /// <summary>The channel has no connection settings yet. An operator can put them.</summary>
    public const string ConnectionMissing = "connection.missing";
}
