using System.Globalization;
using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain.Callbacks;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

/// <summary>Against the vectors that the Standard Webhooks libraries share, and against bent ones.</summary>
public sealed class A_standard_webhook
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long At = 1614265330;
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(At);

    [Fact]
    public void Is_signed_as_everybody_signs_it() =>
        StandardWebhooks.Sign(StandardWebhooks.ReadSecret(Secret)!, Id, At, Encoding.UTF8.GetBytes(Body)).Should()
            .Be(Signature);

    [Fact]
    public void Is_known_by_its_id_when_its_signature_holds()
    {
        var callbacks = SettingsOf(Secret);

        callbacks.Scheme.Verify(callbacks, Message(), Now).Should().Be(CallbackProof.Of(Id));
    }

    [Fact]
    public void Agrees_with_the_published_vectors()
    {
        using var vectors = JsonDocument.Parse(
            File.ReadAllText(Conformance.File("webhooks/standard-webhooks-vectors.json")));
        foreach (var vector in vectors.RootElement.EnumerateArray()
            .Where(one => one.GetProperty("valid").ValueKind != JsonValueKind.String))
        {
            var message = Message(
                vector.GetProperty("payload").GetString()!, vector.GetProperty("id").GetString()!,
                vector.GetProperty("timestamp").GetRawText(), vector.GetProperty("signatureHeader").GetString()!);

            var settings = SettingsOf(vector.GetProperty("secret").GetString()!);
            (CallbackScene.FaultOf(settings, message, Now) is null).Should()
                .Be(vector.GetProperty("valid").GetBoolean(), vector.GetProperty("name").GetString());
        }
    }

    [Fact]
    public void Is_taken_under_the_old_secret_while_both_are_valid_and_under_neither_after()
    {
        CallbackScene.FaultOf(SettingsOf(Other, old: Secret), Message(), Now).Should().BeNull();
        CallbackScene.FaultOf(SettingsOf(Other), Message(), Now).Should().Be(CallbackFaults.Signature);
    }

    [Theory]
    [InlineData(301, CallbackFaults.Time)]
    [InlineData(-301, CallbackFaults.Time)]
    [InlineData(300, null)]
    [InlineData(-300, null)]
    public void Is_not_taken_long_after_or_before_it_was_signed(int seconds, string? fault) =>
        CallbackScene.FaultOf(SettingsOf(Secret), Message(), Now.AddSeconds(seconds)).Should().Be(fault);

    [Theory]
    [InlineData(0, CallbackFaults.Unreadable)]
    [InlineData(1, CallbackFaults.Signature)]
    [InlineData(256, CallbackFaults.Signature)]
    [InlineData(257, CallbackFaults.Unreadable)]
    public void Has_an_id_of_1_to_256_characters(int length, string fault) =>
        CallbackScene.FaultOf(SettingsOf(Secret), Message(id: new string('a', length)), Now).Should().Be(fault);

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void Cannot_be_read_without_one_of_its_headers(string header)
    {
        var sound = Message();
        var rest = sound.Headers.Where(one => one.Key != header).ToDictionary(StringComparer.OrdinalIgnoreCase);

        CallbackScene.FaultOf(SettingsOf(Secret), sound with { Headers = rest }, Now).Should()
            .Be(CallbackFaults.Unreadable);
    }

    [Theory]
    // read and written again: other bytes
    [InlineData("{\"test\":2432232314}", Id, "1614265330", Signature, CallbackFaults.Signature)]
    [InlineData("", Id, "1614265330", Signature, CallbackFaults.Signature)]
    [InlineData(Body, "msg_other", "1614265330", Signature, CallbackFaults.Signature)]
    [InlineData(Body, "a.b", "1614265330", Signature, CallbackFaults.Unreadable)]
    [InlineData(Body, Id, "1614265331", Signature, CallbackFaults.Signature)]
    [InlineData(Body, Id, "soon", Signature, CallbackFaults.Unreadable)]
    [InlineData(Body, Id, "-1614265330", Signature, CallbackFaults.Unreadable)]
    [InlineData(Body, Id, "9223372036854775807", Signature, CallbackFaults.Time)]
    [InlineData(Body, Id, "1614265330", "", CallbackFaults.Signature)]
    [InlineData(Body, Id, "1614265330", "v1,", CallbackFaults.Signature)]
    [InlineData(Body, Id, "1614265330", "v1,!!", CallbackFaults.Signature)]
    [InlineData(Body, Id, "1614265330", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", CallbackFaults.Signature)]
    [InlineData(Body, Id, "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1A==", CallbackFaults.Signature)]
    public void Is_turned_away_when_anything_is_bent(
        string body, string id, string at, string signature, string fault) =>
        CallbackScene.FaultOf(SettingsOf(Secret), Message(body, id, at, signature), Now).Should().Be(fault);

    private static CallbackSettings SettingsOf(string secret, string? old = null)
    {
        var settings = new Dictionary<string,
            string>
        { ["callbackScheme"] = "standard-webhooks", ["callbackKey"] = secret };
        if (old is not null)
        {
            settings["callbackKeyOld"] = old;
        }

        return CallbackScene.SettingsOf(settings);
    }

    private static CallbackRequest Message(string body = Body, string id = Id, string? at = null,
        string signature = Signature) => CallbackScene.Request(
        body, ("webhook-id", id), ("webhook-timestamp", at ?? At.ToString(CultureInfo.InvariantCulture)),
        ("webhook-signature", signature));
}
