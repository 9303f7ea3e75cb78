using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// Our references for providers. They follow from our ids, so a repeated call never makes a new reference.
/// </summary>
public static class WireReference
{
    /// <summary>32 hex digits, lower case; fits pain.001 InstrId (35).</summary>
    public static string Of(InstructionId instruction) => instruction.Value.ToString("n");

    /// <summary>32 hex digits, lower case; fits pain.001 EndToEndId (35).</summary>
    public static string Of(ObligationId obligation) => obligation.Value.ToString("n");

    /// <summary>33 characters of [A-Z0-9]; fits pain.001 MsgId (35).</summary>
    public static string OfUnit(Guid unit) => "U" + unit.ToString("n").ToUpperInvariant();

    /// <summary>Reads an order's reference, also where the provider changed its case.</summary>
    public static bool TryRead(string? reference, out InstructionId instruction)
    {
        var ours = Guid.TryParseExact(reference?.Trim(), "n", out var value) && value != Guid.Empty;
        instruction = ours ? InstructionId.From(value) : default;
        return ours;
    }
}
