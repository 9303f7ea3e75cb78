using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>Every adapter and every profile that there is. A new one is a line here.</summary>
internal static class Rigs
{
    private const string Pending = """{"serverCorrelationId":"s-1","status":"exploded","batchStatus":"exploded","transactionStatus":"exploded","link":"/{0}/X1"}""";

    public static readonly IReadOnlyDictionary<string, Func<Func<IProviderAdapter, IProviderAdapter>, TimeSpan, Rig>> All =
        new Dictionary<string, Func<Func<IProviderAdapter, IProviderAdapter>, TimeSpan, Rig>>
        {
            ["bank"] = (disguise, patience) => new FileRig(bank: true) { Disguise = disguise, Patience = patience },
            ["agency"] = (disguise, patience) => new FileRig(bank: false) { Disguise = disguise, Patience = patience },
            ["gsma batch"] = (disguise, patience) => new OperatorRig(Gsma("batch", "batchtransactions")) { Disguise = disguise, Patience = patience },
            ["gsma single"] = (disguise, patience) => new OperatorRig(Gsma("single", "transactions")) { Disguise = disguise, Patience = patience },
        };

    private static OperatorForm Gsma(string mode, string kind) => new([("mode", mode)], asked =>
        (asked.StartsWith("POST", StringComparison.Ordinal) ? 202 : 200, Pending.Replace("{0}", kind, StringComparison.Ordinal)));
}
