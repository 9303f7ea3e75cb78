using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using TwinTrack.Providers.Domain.Callbacks;
using static TwinTrack.Domain.Tests.Providers.Callbacks.CallbackScene;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

public sealed class Settings_of_callbacks
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void Is_the_unguessable_path_alone_unless_settings_say_more()
    {
        var callbacks = SettingsOf([]);

        callbacks.Scheme.Name.Should().Be("none");
        callbacks.Scheme.IsSigned.Should().BeFalse();
        callbacks.LetsIn(IPAddress.Parse("203.0.113.9")).Should().BeTrue();
    }

    [Theory]
    [InlineData("callbackScheme", "callbackScheme", "hope")]
    [InlineData("callbackKey", "callbackScheme", "standard-webhooks")]
    [InlineData("callbackKey", "callbackScheme", "standard-webhooks", "callbackKey", "c2hvcnQ=")]
    [InlineData("callbackKeyOld", "callbackScheme", "standard-webhooks", "callbackKey",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "callbackKeyOld", "old")]
    [InlineData("callbackOrigin", "callbackScheme", "moneygram", "callbackKey", "x")]
    [InlineData("callbackKey", "callbackScheme", "moneygram", "callbackKey", "-----BEGIN PUBLIC KEY-----",
        "callbackOrigin", "https://a.example")]
    [InlineData("callbackOrigin", "callbackScheme", "moneygram", "callbackKey", "x", "callbackOrigin",
        "https://a.example/path")]
    [InlineData("callbackAlgorithm", "callbackScheme", "rfc9421", "callbackKey", "x", "callbackKeyId", "k",
        "callbackAlgorithm", "ed448", "callbackOrigin", "https://a.example")]
    [InlineData("callbackKey", "callbackScheme", "rfc9421", "callbackKey", "x", "callbackKeyId", "k",
        "callbackAlgorithm", "ed25519", "callbackOrigin", "https://a.example")]
    [InlineData("callbackToleranceSeconds", "callbackToleranceSeconds", "0")]
    [InlineData("callbackToleranceSeconds", "callbackToleranceSeconds", "3601")]
    [InlineData("callbackSources", "callbackSources", "10.0.0.0/8, everywhere")]
    public void Is_refused_by_the_setting_that_cannot_be_meant(string named, params string[] settings) =>
        Try(settings.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1])).Match(_ => "", refusal => refusal.Reason)
            .Should().Contain($"'{named}'");

    [Theory]
    [InlineData("https://pay.example.org", "")]
    [InlineData("https://pay.example.org/", "")]
    [InlineData("http://pay.example.org:8080", "")]
    [InlineData("https://pay.example.org/path", "connection.setting_unreadable")]
    [InlineData("https://pay.example.org?a=b", "connection.setting_unreadable")]
    [InlineData("https://pay.example.org#part", "connection.setting_unreadable")]
    [InlineData("https://user@pay.example.org", "connection.setting_unreadable")]
    [InlineData("ftp://pay.example.org", "connection.setting_unreadable")]
    [InlineData("pay.example.org", "connection.setting_unreadable")]
    public void Has_an_origin_of_scheme_and_authority_alone(string origin, string refusal) =>
        Code(new() { ["callbackOrigin"] = origin }).Should().Be(refusal);

    [Theory]
    [InlineData("1", "")]
    [InlineData("0.5", "connection.setting_unreadable")]
    [InlineData("0.999", "connection.setting_unreadable")]
    [InlineData("3600", "")]
    [InlineData("3600.5", "connection.setting_unreadable")]
    [InlineData("1e3", "connection.setting_unreadable")]
    [InlineData("99999999999999999999999999999999", "connection.setting_unreadable")]
    [InlineData("soon", "connection.setting_unreadable")]
    public void Tolerates_a_clock_that_differs_by_a_second_to_an_hour(string seconds, string refusal)
    {
        Code(new() { ["callbackToleranceSeconds"] = seconds }).Should().Be(refusal);
        if (refusal.Length == 0)
        {
            SettingsOf(new() { ["callbackToleranceSeconds"] = seconds }).Tolerance.Should()
                .Be(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Is_as_its_settings_say()
    {
        var callbacks = SettingsOf(new()
        {
            ["callbackScheme"] = "standard-webhooks",
            ["callbackKey"] = Secret,
            ["callbackKeyId"] = "k2",
            ["callbackKeyOld"] = Convert.ToBase64String(new byte[32]),
            ["callbackKeyIdOld"] = "k1",
            ["callbackOrigin"] = "https://pay.example.org",
            ["callbackSources"] = "198.51.100.0/24,, 2001:db8::/32",
        });

        callbacks.Scheme.Name.Should().Be("standard-webhooks");
        callbacks.Scheme.IsSigned.Should().BeTrue();
        callbacks.Keys.Should().BeEquivalentTo(
            [new CallbackKey("k2", Convert.FromBase64String(Secret)), new CallbackKey("k1", new byte[32])],
            order => order.WithStrictOrdering());
        callbacks.Tolerance.Should().Be(TimeSpan.FromMinutes(5));
        callbacks.Origin.Should().Be(new Uri("https://pay.example.org"));
        callbacks.Sources.Should().Equal(IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("2001:db8::/32"));
    }

    [Fact]
    public void Without_a_signed_scheme_has_no_key_and_no_origin()
    {
        var callbacks = SettingsOf(new() { ["callbackKey"] = "not a key", ["callbackAlgorithm"] = "none of ours" });

        callbacks.Keys.Should().BeEmpty();
        callbacks.Origin.Should().BeNull();
        FaultOf(callbacks, Request(Body), RfcTime).Should().BeNull("it proves nothing, and the path is unguessable");
        callbacks.Scheme.Verify(callbacks, Request(Body), RfcTime).MessageId.Should().BeEmpty();
    }

    [Fact]
    public void With_a_key_alone_gives_that_key_no_name() =>
        SettingsOf(new() { ["callbackScheme"] = "standard-webhooks", ["callbackKey"] = Secret }).Keys.Should()
            .ContainSingle().Which.Id.Should().BeEmpty();

    [Fact]
    public void Tells_a_missing_setting_from_an_unreadable_one()
    {
        Code(new() { ["callbackScheme"] = "standard-webhooks" }).Should().Be("connection.setting_missing");
        Code(new() { ["callbackScheme"] = "hope" }).Should().Be("connection.setting_unreadable");
        Code(new()
        {
            ["callbackScheme"] = "standard-webhooks",
            ["callbackKey"] = Secret,
            ["callbackAlgorithm"] = "ed448"
        }).Should().BeEmpty("that scheme has one algorithm");
    }

    [Theory]
    [InlineData("standard-webhooks", "callbackKey")]
    [InlineData("rfc9421", "callbackKey,callbackKeyId,callbackAlgorithm,callbackOrigin")]
    [InlineData("moneygram", "callbackKey,callbackOrigin")]
    public void Needs_every_setting_of_its_scheme(string scheme, string needed)
    {
        foreach (var missing in needed.Split(','))
        {
            var settings = needed.Split(',').Where(one => one != missing).ToDictionary(one => one, _ => "x");
            settings["callbackScheme"] = scheme;
            Try(settings).Match(_ => "", no => no.Code + " " + no.Reason).Should()
                .StartWith($"connection.setting_missing The setting '{missing}' is missing.");
        }
    }

    // What the refusal asks for instead.
    [Theory]
    [InlineData("callbackScheme", "hope", "one of none, standard-webhooks, rfc9421, moneygram")]
    [InlineData("callbackAlgorithm", "ed448",
        "one of hmac-sha256, rsa-pss-sha512, rsa-v1_5-sha256, ecdsa-p256-sha256, ed25519")]
    [InlineData("callbackOrigin", "x", "a scheme and an authority, such as https://pay.example.org")]
    [InlineData("callbackToleranceSeconds", "x", "a number from 1 to 3600")]
    [InlineData("callbackSources", "x", "CIDR blocks with commas between, such as 198.51.100.0/24")]
    [InlineData("callbackKey", "x", "base64 of 24 to 64 bytes for a shared secret, or a public key as PEM of the "
        + "algorithm's kind, RSA from 2048 bits")]
    public void Says_what_an_unreadable_setting_must_be(string setting, string value, string demand)
    {
        var settings = new Dictionary<string, string>
        {
            ["callbackScheme"] = "rfc9421",
            ["callbackAlgorithm"] = "hmac-sha256",
            ["callbackKey"] = Secret,
            ["callbackKeyId"] = "k",
            ["callbackOrigin"] = "https://a.example",
            [setting] = value,
        };

        Try(settings).Match(_ => "", no => no.Reason).Should()
            .Be($"The setting '{setting}' is not accepted. It must be {demand}.");
    }

    [Theory]
    [InlineData("none", "")]
    [InlineData("standard-webhooks", "webhook-id,webhook-timestamp,webhook-signature")]
    [InlineData("rfc9421", "signature-input,signature,content-digest")]
    [InlineData("moneygram", "signature")]
    public void Asks_for_the_headers_of_its_scheme(string name, string headers)
    {
        var scheme = CallbackSchemes.All.Single(one => one.Name == name);

        string.Join(',', scheme.Headers).Should().Be(headers);
        scheme.IsSigned.Should().Be(headers.Length > 0);
        scheme.Source.Should().NotBeEmpty("it names its standard");
    }

    [Fact]
    public void Takes_a_public_rsa_key_from_2048_bits()
    {
        using var least = RSA.Create(2_048);
        using var small = RSA.Create(1_024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        RsaKey(least.ExportSubjectPublicKeyInfoPem()).Should().Equal(least.ExportSubjectPublicKeyInfo());
        RsaKey(least.ExportRSAPublicKeyPem()).Should().Equal(least.ExportSubjectPublicKeyInfo());
        RsaKey(small.ExportSubjectPublicKeyInfoPem()).Should().BeNull();
        RsaKey(least.ExportPkcs8PrivateKeyPem()).Should().BeNull("a private key is somebody's secret");
        RsaKey(least.ExportRSAPrivateKeyPem()).Should().BeNull();
        RsaKey(curve.ExportSubjectPublicKeyInfoPem()).Should().BeNull();
        RsaKey(PemEncoding.WriteString("PUBLIC KEY", [1, 2, 3])).Should().BeNull();
        RsaKey("no pem").Should().BeNull();
    }

    [Fact]
    public void Lets_in_only_the_listed_sources()
    {
        var callbacks = SettingsOf(new() { ["callbackSources"] = "198.51.100.0/24, 2001:db8::/32" });

        callbacks.LetsIn(IPAddress.Parse("198.51.100.7")).Should().BeTrue();
        callbacks.LetsIn(IPAddress.Parse("2001:db8::1")).Should().BeTrue();
        callbacks.LetsIn(IPAddress.Parse("198.51.101.7")).Should().BeFalse();
        callbacks.LetsIn(null).Should().BeFalse();
    }

    [Fact]
    public void Does_not_know_a_caller_without_an_address() =>
        SourceAddress.Of(null, "198.51.100.7", [IPNetwork.Parse("10.0.0.0/8")]).Should().BeNull();

    [Theory]
    [InlineData("203.0.113.9", null, "203.0.113.9")]
    // no proxy of ours: what it says of others is not believed
    [InlineData("203.0.113.9", "198.51.100.7", "203.0.113.9")]
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9")] // the left one, anybody can write
    [InlineData("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7,, 192.168.0.2", "198.51.100.7")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", "rubbish", null)]
    [InlineData("10.0.0.1", "198.51.100.7, rubbish", null)]
    [InlineData("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7")]
    public void Sees_the_caller_behind_our_own_proxies_and_no_further(string peer, string? forwarded, string? seen) =>
        SourceAddress.Of(
            IPAddress.Parse(peer), forwarded, [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.168.0.0/16")])
            ?.ToString().Should().Be(seen);

    private static string Code(Dictionary<string, string> settings) => Try(settings).Match(_ => "", no => no.Code);

    private static byte[]? RsaKey(string pem) => SignatureAlgorithms.Find("rsa-v1_5-sha256")!.ReadKey(pem);
}
