using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>One attempt to pay an obligation over one channel.</summary>
public readonly record struct InstructionId(Guid Value) : ITypedId<InstructionId>
{
    public static string Prefix => "ins";

    public static InstructionId From(Guid value) => new(value);

    public static InstructionId Parse(string s, IFormatProvider? provider) => TypedId.Parse<InstructionId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InstructionId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
