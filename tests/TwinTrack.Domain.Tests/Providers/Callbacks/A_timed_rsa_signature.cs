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
        var callbacks = Made();
        var sound = Sign("1618884473", "example.com", Body);

        FaultOf(callbacks, sound, RfcTime).Should().BeNull();
        FaultOf(callbacks, sound, RfcTime.AddSeconds(301)).Should().Be(CallbackFaults.Time);
        FaultOf(callbacks, sound with { Body = Encoding.UTF8.GetBytes("""{"hello":"world"}""") }, RfcTime).Should()
            .Be(CallbackFaults.Signature, "JSON written again is other bytes");
        FaultOf(callbacks, Sign("1618884473", "elsewhere.example", Body), RfcTime).Should()
            .Be(CallbackFaults.Signature);
        FaultOf(callbacks with { Keys = [] }, sound, RfcTime).Should().Be(CallbackFaults.Signature);
    }

    [Fact]
    public void Is_known_by_its_time_and_holds_to_the_edge_of_the_tolerance()
    {
        var (callbacks, sound) = (Made(), Sign("1618884473", "example.com", Body));

        callbacks.Scheme.Verify(callbacks, sound, RfcTime.AddSeconds(300)).Should().Be(CallbackProof.Of("1618884473"));
        FaultOf(callbacks, sound, RfcTime.AddSeconds(-300)).Should().BeNull();
        FaultOf(callbacks, sound, RfcTime.AddSeconds(-301)).Should().Be(CallbackFaults.Time);
    }

    [Fact]
    public void Under_the_old_key_holds_while_both_are_valid()
    {
        using var other = RSA.Create(2048);
        var sound = Sign("1618884473", "example.com", Body);

        FaultOf(Made(other.ExportSubjectPublicKeyInfoPem()), sound, RfcTime).Should().Be(CallbackFaults.Signature);
        FaultOf(Made(other.ExportSubjectPublicKeyInfoPem(), Key.ExportSubjectPublicKeyInfoPem()), sound, RfcTime)
            .Should().BeNull();
    }

    [Fact]
    public void May_stand_among_other_fields_in_any_order_and_counts_by_the_first_of_a_name()
    {
        var (callbacks, sound) = (Made(), Sign("1618884473", "example.com", Body));
        var parts = sound["signature"]!.Split(',');
        string? Fault(string header) => FaultOf(callbacks, Request(Body, ("Signature", header)), RfcTime);

        Fault($"{parts[1]} , {parts[0]}, x=1").Should().BeNull();
        Fault($"{parts[0]},{parts[1]},t=1,s=AAAA").Should().BeNull();
        Fault($"t=1,{parts[0]},{parts[1]}").Should().Be(CallbackFaults.Time);
        Fault($"s=AAAA,{parts[0]},{parts[1]}").Should().Be(CallbackFaults.Signature);
    }

    [Fact]
    public void That_is_not_there_is_turned_away() =>
        FaultOf(Made(), Request(Body), RfcTime).Should().Be(CallbackFaults.Unreadable);

    [Theory]
    [InlineData("")]
    [InlineData("t=1618884473")]
    [InlineData("s=AAAA")]
    [InlineData("t=soon,s=AAAA")]
    [InlineData("t=-1,s=AAAA")]
    [InlineData("t=1618884473,s=!!!")]
    public void That_cannot_be_read_is_turned_away(string header) =>
        FaultOf(Made(), Request(Body, ("Signature", header)), RfcTime).Should().Be(CallbackFaults.Unreadable);

    private static CallbackSettings Made(string? key = null, string old = "") => SettingsOf(new()
    {
        ["callbackScheme"] = "moneygram",
        ["callbackKey"] = key ?? Key.ExportSubjectPublicKeyInfoPem(),
        ["callbackKeyOld"] = old,
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
