using System.Diagnostics.CodeAnalysis;

namespace TwinTrack.Kernel;

/// <summary>The obligations that are approved together.</summary>
public readonly record struct BatchId(Guid Value) : ITypedId<BatchId>
{
    public static string Prefix => "bat";

    public static BatchId From(Guid value) => new(value);

    public static BatchId Parse(string s, IFormatProvider? provider) => TypedId.Parse<BatchId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BatchId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
