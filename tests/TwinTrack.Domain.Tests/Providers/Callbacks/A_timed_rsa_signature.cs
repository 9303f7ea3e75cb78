using System.Security.Cryptography;
using System.Text;
using TwinTrack.Providers.Domain.Callbacks;
using static TwinTrack.Domain.Tests.Providers.Callbacks.CallbackScene;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

/// <summary><c>Signature: t=…,s=…</c> over <c>t.host.body</c>, as MoneyGram pushes.</summary>
public sealed class A_timed_rsa_signature
{
    private static readonly RSA Key = RSA.Create(2048);

    [Fact]
    public void Holds_for_its_host_time_and_bytes_and_for_no_other()
    {
        var door = Made();
        var sound = Sign("1618884473", "example.com", Body);

        FaultOf(door, sound, RfcTime).Should().BeNull();
        FaultOf(door, sound, RfcTime.AddSeconds(301)).Should().Be(CallbackFaults.Time);
        FaultOf(door, sound with { Body = Encoding.UTF8.GetBytes("""{"hello":"world"}""") }, RfcTime).Should()
            .Be(CallbackFaults.Signature, "JSON written again is other bytes");
        FaultOf(door, Sign("1618884473", "elsewhere.example", Body), RfcTime).Should().Be(CallbackFaults.Signature);
        FaultOf(door with { Keys = [] }, sound, RfcTime).Should().Be(CallbackFaults.Signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1618884473")]
    [InlineData("s=AAAA")]
    [InlineData("t=soon,s=AAAA")]
    [InlineData("t=1618884473,s=!!!")]
    public void That_cannot_be_read_is_turned_away(string header) =>
        FaultOf(Made(), Request(Body, ("Signature", header)), RfcTime).Should().Be(CallbackFaults.Unreadable);

    private static CallbackSettings Made() => Door(new()
    {
        ["callbackScheme"] = "moneygram",
        ["callbackKey"] = Key.ExportSubjectPublicKeyInfoPem(),
        ["callbackOrigin"] = "https://example.com",
    });

    private static CallbackRequest Sign(string time, string host, string body)
    {
        var signature =
            Key.SignData(Encoding.UTF8.GetBytes($"{time}.{host}.{body}"), HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1);
        return Request(body, ("Signature", $"t={time},s={Convert.ToBase64String(signature)}"));
    }
}
