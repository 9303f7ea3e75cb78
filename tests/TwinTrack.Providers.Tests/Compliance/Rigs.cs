using System.Security.Cryptography;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>Every adapter and every profile that there is. A new one is a line here.</summary>
internal static class Rigs
{
    private const string Pending =
        """{"serverCorrelationId":"s-1","status":"exploded","batchStatus":"exploded","transactionStatus":"exploded","link":"/{0}/X1"}""";

    public static readonly OperatorForm Mtn = new(
        [("profile", "mtn"), ("apiUser", "user-1"), ("subscriptionKey", "sub-1"), ("targetEnvironment", "sandbox")],
        asked => asked.StartsWith("POST", StringComparison.Ordinal)
            ? (400, """{"code":"EXPLODED"}""") : (200, """{"status":"EXPLODED"}"""));

    public static readonly OperatorForm Airtel = new(
        [("profile", "airtel"), ("clientId", "client-1"), ("clientSecret", "key-1"), ("country", "KE"),
            ("countryCode", "254"), ("pin", "1234"), ("pinKey", PublicKey())],
        _ => (200,
            """{"data":{"transaction":{"status":"TX"} """
                + """},"status":{"response_code":"DP00900001001","code":"200","success":true} }"""));

    public static readonly OperatorForm Daraja = new(
        [("profile", "daraja"), ("consumerKey", "consumer-1"), ("consumerSecret", "key-1"), ("initiator", "us"),
            ("securityCredential", "c2VjcmV0"), ("shortCode", "600000")],
        _ => (200, """{"ResponseCode":"77"}"""));

    public static readonly OperatorForm Onafriq = new(
        [("profile", "onafriq"), ("corporateCode", "corp-1"), ("password", "key-1"), ("uniqueKey", "1-yek"),
            ("senderPhone", "254700000001"), ("senderName", "Ministry"), ("senderCountry", "KE"), ("country", "KE")],
        asked => (200, asked.Contains("callService", StringComparison.Ordinal)
            ? """{"details":{"transResponse":[{"thirdPartyId":"{order}","status":{"code":"EXPLODED"} }]} }"""
            : """{"status":{"code":"MR777"} }"""));

    public static readonly IReadOnlyDictionary<string, Func<Func<IProviderAdapter, IProviderAdapter>, TimeSpan,
        Rig>> All =
        new Dictionary<string, Func<Func<IProviderAdapter, IProviderAdapter>, TimeSpan, Rig>>
        {
            ["bank"] = (disguise, patience) => new FileRig(style: null) { Disguise = disguise, Patience = patience },
            ["agency"] = (disguise, patience) => new FileRig("twintrack") { Disguise = disguise, Patience = patience },
            ["agency wfp"] = (disguise, patience) => new FileRig("wfp") { Disguise = disguise, Patience = patience },
            ["agency hope"] = (disguise, patience) => new FileRig("hope") { Disguise = disguise, Patience = patience },
            ["agency 121"] = (disguise, patience) => new FileRig("121") { Disguise = disguise, Patience = patience },
            ["gsma batch"] = (disguise, patience) =>
                new OperatorRig(Gsma("batch", "batchtransactions")) { Disguise = disguise, Patience = patience },
            ["gsma single"] = (disguise, patience) =>
                new OperatorRig(Gsma("single", "transactions")) { Disguise = disguise, Patience = patience },
            ["gsma two-step"] = (disguise, patience) =>
                new OperatorRig(Gsma("batch", "batchtransactions", ("approval", "two-step")) with { TwoSteps = true })
                { Disguise = disguise, Patience = patience },
            ["gsma with reversal"] = (disguise, patience) =>
                new OperatorRig(Gsma("batch", "batchtransactions", ("reversal", "true")) with { Undoes = true })
                { Disguise = disguise, Patience = patience },
            ["mtn"] = (disguise, patience) => new OperatorRig(Mtn) { Disguise = disguise, Patience = patience },
            ["airtel"] = (disguise, patience) => new OperatorRig(Airtel) { Disguise = disguise, Patience = patience },
            ["daraja"] = (disguise, patience) => new OperatorRig(Daraja) { Disguise = disguise, Patience = patience },
            ["onafriq"] = (disguise, patience) => new OperatorRig(Onafriq) { Disguise = disguise, Patience = patience },
        };

    private static OperatorForm Gsma(string mode, string kind, params (string Name, string Value)[] more) =>
        new([("mode", mode), .. more], asked =>
        (asked.StartsWith("POST", StringComparison.Ordinal) ? 202 : 200,
            Pending.Replace("{0}", kind, StringComparison.Ordinal)));

    private static string PublicKey()
    {
        using var rsa = RSA.Create(2048);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }
}
