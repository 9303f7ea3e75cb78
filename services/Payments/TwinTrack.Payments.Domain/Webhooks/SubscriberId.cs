using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain.Webhooks;

/// <summary>An outside system that receives events about payments.</summary>
public readonly record struct SubscriberId(Guid Value) : ITypedId<SubscriberId>
{
    public static string Prefix => "sub";

    public static SubscriberId From(Guid value) => new(value);

    public static SubscriberId Parse(string s, IFormatProvider? provider) => TypedId.Parse<SubscriberId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SubscriberId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}
