using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using TwinTrack.Providers.Domain.Callbacks;
using static TwinTrack.Domain.Tests.Providers.Callbacks.CallbackScene;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

/// <summary>
/// Against the examples of RFC 9421, appendix B, and against signatures of our own making that are bent.
/// </summary>
public sealed class An_http_message_signature
{
    private const string RsaPss = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
        +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
        oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
        gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
        Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
        aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
        2wIDAQAB
        -----END PUBLIC KEY-----
        """;

    private const string P256 = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
        w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
        -----END PUBLIC KEY-----
        """;

    /// <summary>Written by openssl: not every platform can make a key of this curve.</summary>
    private const string Secp256k1 = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEHpkajGuSEUbQuTlIgsbLiVjhbEk+Raau
        agGZ/kcVkIfDnmKrcbsXWMNrPC7bVD+sKlsF5mxygM561wndlj1etQ==
        -----END PUBLIC KEY-----
        """;

    private const string Ed25519Key = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
        -----END PUBLIC KEY-----
        """;

    private const string Shared =
        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
    private const string Input =
        """("@method" "@target-uri" "content-digest");created=1618884473;keyid="k1";nonce="n1" """;

    /// <summary>Appendix B.2.3: full coverage.</summary>
    private const string B23Input =
        """sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss" """;
    private const string B23Signature =
        "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp76"
            + "8ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7"
            + "YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5"
            + "ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:";

    [Fact]
    public void Of_the_rfc_that_covers_everything_holds() =>
        FaultOf(PssDoor(), RfcRequest(B23Input, B23Signature), RfcTime).Should().BeNull();

    [Theory]
    [InlineData("sig-b21", """sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd" """,
        "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7"
            + "ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O"
            + "6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8"
            + "IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==")]
    [InlineData("sig-b22",
        """sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example" """, "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==")]
    public void Of_the_rfc_that_leaves_out_what_we_demand_proves_nothing(
        string label, string input, string signature) =>
        FaultOf(PssDoor(), RfcRequest(input.Trim(), $"{label}=:{signature}:"), RfcTime).Should()
            .Be(CallbackFaults.Coverage);

    [Fact]
    public void Of_the_rfc_by_a_shared_secret_is_genuine_and_leaves_the_body_unbound()
    {
        // Appendix B.2.5: the MAC is right, as the algorithm alone shows, and it does not cover the digest.
        const string Base =
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@authority\": example.com\n\"content-type\": application/json\n"
            + "\"@signature-params\": (\"date\" \"@authority\" "
            + "\"content-type\");created=1618884473;keyid=\"test-shared-secret\"";
        const string Signature = "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=";
        SignatureAlgorithms.Find("hmac-sha256")!.Verify(
            Convert.FromBase64String(Shared), Encoding.ASCII.GetBytes(Base), Convert.FromBase64String(Signature))
            .Should().BeTrue();

        var request =
            RfcRequest(
                """sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret" """.Trim(), $"sig-b25=:{Signature}:");

        FaultOf(Named("hmac-sha256", Shared, "test-shared-secret"), request, RfcTime).Should()
            .Be(CallbackFaults.Coverage);
    }

    [Fact]
    public void Of_the_rfc_by_an_elliptic_curve_is_verified()
    {
        // Appendix B.2.4 signs a response, so only the algorithm can be held to it.
        const string Base = "\"@status\": 200\n\"content-type\": application/json\n"
            + "\"content-digest\": "
            + "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:\n"
                + "\"content-length\": 23\n"
            + "\"@signature-params\": (\"@status\" \"content-type\" \"content-digest\" "
            + "\"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"";
        var signature = Convert.FromBase64String(
            "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
        var algorithm = SignatureAlgorithms.Find("ecdsa-p256-sha256")!;

        algorithm.Verify(algorithm.ReadKey(P256)!, Encoding.ASCII.GetBytes(Base), signature).Should().BeTrue();
        algorithm.Verify(algorithm.ReadKey(P256)!, Encoding.ASCII.GetBytes(Base + " "), signature).Should().BeFalse();
    }

    [Fact]
    public void Of_the_rfc_by_an_edwards_curve_is_genuine_and_leaves_the_body_unbound()
    {
        // Appendix B.2.6: it covers much, and not the digest.
        const string Parameters =
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"";
        const string Base =
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\"@authority\": example.com\n"
                + "\"content-type\": application/json\n\"content-length\": 18\n\"@signature-params\": " + Parameters;
        const string Signature =
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
        var algorithm = SignatureAlgorithms.Find("ed25519")!;
        var (key, signature) = (algorithm.ReadKey(Ed25519Key)!, Convert.FromBase64String(Signature));

        algorithm.Verify(key, Encoding.ASCII.GetBytes(Base), signature).Should().BeTrue();
        algorithm.Verify(key, Encoding.ASCII.GetBytes(Base + " "), signature).Should().BeFalse();
        algorithm.Verify(key, Encoding.ASCII.GetBytes(Base), signature[1..]).Should().BeFalse();
        FaultOf(Named("ed25519", Ed25519Key, "test-key-ed25519"),
            RfcRequest($"sig-b26={Parameters}", $"sig-b26=:{Signature}:"), RfcTime).Should()
            .Be(CallbackFaults.Coverage);
    }

    [Fact]
    public void By_an_edwards_curve_needs_a_key_of_that_curve_and_of_full_order()
    {
        var read = SignatureAlgorithms.Find("ed25519")!.ReadKey;
        string Pem(byte[] point) => PemEncoding.WriteString(
            "PUBLIC KEY", [.. Convert.FromHexString("302a300506032b6570032100"), .. point]);
        byte[] neutral = [1, .. new byte[31]];
        var sound = read(Ed25519Key)!;
        var otherLabel = Ed25519Key.Replace("PUBLIC KEY", "EC KEY", StringComparison.Ordinal);

        sound.Should().HaveCount(32);
        read(Pem(sound)).Should().Equal(sound);
        foreach (var wrong in new[] { P256, RsaPss, "x", Pem(neutral), Pem(new byte[32]), Pem(sound[..31]),
            Pem([.. sound, 0]), otherLabel })
        {
            read(wrong).Should().BeNull();
        }
    }

    [Fact]
    public void By_p256_needs_a_public_key_of_that_curve_and_never_a_private_key()
    {
        var read = SignatureAlgorithms.Find("ecdsa-p256-sha256")!.ReadKey;
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        read(P256).Should().NotBeNull();
        read(own.ExportSubjectPublicKeyInfoPem()).Should().NotBeNull();
        read(Secp256k1).Should().BeNull("secp256k1 has 256 bits too");
        read(own.ExportECPrivateKeyPem()).Should().BeNull();
        read(own.ExportPkcs8PrivateKeyPem()).Should().BeNull();
    }

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithms.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Holds_by_each_algorithm_and_not_for_another_body_method_or_path(string algorithm)
    {
        var (callbacks, request) = Sound(algorithm);

        FaultOf(callbacks, request, RfcTime).Should().BeNull();
        callbacks.Scheme.Verify(callbacks, request, RfcTime).MessageId.Should().Be("n1");
        FaultOf(callbacks, request with { Body = Encoding.UTF8.GetBytes("other") }, RfcTime).Should()
            .Be(CallbackFaults.Digest);
        FaultOf(callbacks, request with { Method = "PUT" }, RfcTime).Should().Be(CallbackFaults.Signature);
        FaultOf(callbacks, request with { Path = "/foo/" }, RfcTime).Should().Be(CallbackFaults.Signature);
        FaultOf(callbacks, request with { Query = "?of=ask" }, RfcTime).Should().Be(CallbackFaults.Signature);
        FaultOf(callbacks with { Origin = new Uri("https://elsewhere.example") }, request, RfcTime).Should()
            .Be(CallbackFaults.Signature);
        callbacks.Scheme.Verify(callbacks, request, RfcTime.AddSeconds(301)).Should()
            .Be(new CallbackProof(CallbackFaults.Time, ""), "a refused callback has no id");
        FaultOf(callbacks, request, RfcTime.AddSeconds(-301)).Should().Be(CallbackFaults.Time);
        FaultOf(callbacks, Changed(request, "content-digest", "sha-256=:AAAA:"), RfcTime).Should()
            .Be(CallbackFaults.Digest);
        FaultOf(callbacks, Changed(request, "signature", "sig=:AAAA:"), RfcTime).Should().Be(CallbackFaults.Signature);
    }

    [Fact]
    public void Under_the_old_key_holds_while_both_are_valid()
    {
        var (_, request) = Sound("hmac-sha256");
        var settings = Settings("hmac-sha256", Convert.ToBase64String(new byte[32]), "k2");
        FaultOf(SettingsOf(settings), request, RfcTime).Should()
            .Be(CallbackFaults.Signature, "its key has no such name any more");

        settings["callbackKeyOld"] = Shared;
        settings["callbackKeyIdOld"] = "k1";

        FaultOf(SettingsOf(settings), request, RfcTime).Should().BeNull();
    }

    [Theory]
    [InlineData("""("@method" "@target-uri" "content-digest");keyid="k1" """, CallbackFaults.Time)]
    [InlineData("""("@method" "@target-uri" "content-digest");created=1618884473;expires=1618884472;keyid="k1" """,
        CallbackFaults.Time)]
    [InlineData("""("@method" "@target-uri" "content-digest");created=1618884473""", CallbackFaults.Signature)]
    [InlineData("""("@method" "@target-uri" "content-digest");created=1618884473;keyid="k1";alg="rsa-v1_5-sha256" """,
        CallbackFaults.Signature)]
    [InlineData("""("@method" "@target-uri");created=1618884473;keyid="k1" """, CallbackFaults.Coverage)]
    [InlineData("""("@target-uri" "content-digest");created=1618884473;keyid="k1" """, CallbackFaults.Coverage)]
    // the query is open
    [InlineData("""("@method" "@authority" "@path" "content-digest");created=1618884473;keyid="k1" """,
        CallbackFaults.Coverage)]
    [InlineData("""("@method" "@target-uri" "content-digest" "x-absent");created=1618884473;keyid="k1" """,
        CallbackFaults.Unreadable)]
    [InlineData("""("@method" "@target-uri" "content-digest" "@method");created=1618884473;keyid="k1" """,
        CallbackFaults.Unreadable)]
    [InlineData("""("@method";req "@target-uri" "content-digest");created=1618884473;keyid="k1" """,
        CallbackFaults.Unreadable)]
    [InlineData("""("@method" "@status" "@target-uri" "content-digest");created=1618884473;keyid="k1" """,
        CallbackFaults.Unreadable)]
    [InlineData("""("@method" "@target-uri" "content-digest""", CallbackFaults.Unreadable)]
    [InlineData("", CallbackFaults.Unreadable)]
    public void With_other_parameters_or_components_is_turned_away_although_its_mac_is_right(string input, string fault)
    {
        var request =
            Signed("hmac-sha256", input.Trim(), text => HMACSHA256.HashData(Convert.FromBase64String(Shared), text));

        FaultOf(Named("hmac-sha256", Shared, "k1"), request, RfcTime).Should().Be(fault);
    }

    private static CallbackRequest Changed(CallbackRequest request, string header, string value) =>
        request with
        {
            Headers = new Dictionary<string, string>(
            request.Headers, StringComparer.OrdinalIgnoreCase)
            { [header] = value }
        };

    private static CallbackSettings PssDoor() => Named("rsa-pss-sha512", RsaPss, "test-key-rsa-pss");

    private static CallbackSettings Named(string algorithm, string key, string id) =>
        SettingsOf(Settings(algorithm, key, id));

    private static Dictionary<string, string> Settings(string algorithm, string key, string id) => new()
    {
        ["callbackScheme"] = "rfc9421",
        ["callbackAlgorithm"] = algorithm,
        ["callbackKey"] = key,
        ["callbackKeyId"] = id,
        ["callbackOrigin"] = "https://example.com",
    };

    private static (CallbackSettings Callbacks, CallbackRequest Request) Sound(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (key, sign) = algorithm switch
        {
            "hmac-sha256" =>
                (Shared, (Func<byte[], byte[]>)(text => HMACSHA256.HashData(Convert.FromBase64String(Shared), text))),
            "rsa-pss-sha512" => (rsa.ExportSubjectPublicKeyInfoPem(),
                text => rsa.SignData(text, HashAlgorithmName.SHA512, RSASignaturePadding.Pss)),
            "rsa-v1_5-sha256" => (rsa.ExportSubjectPublicKeyInfoPem(),
                text => rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            "ecdsa-p256-sha256" =>
                (ecdsa.ExportSubjectPublicKeyInfoPem(), text => ecdsa.SignData(text, HashAlgorithmName.SHA256)),
            "ed25519" => (Ed25519Pem(out var seed), text => EdwardsSign(seed, text)),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "no signer"),
        };
        return (Named(algorithm, key, "k1"), Signed(algorithm, Input.Trim(), sign));
    }

    private static string Ed25519Pem(out byte[] seed)
    {
        seed = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);
        var point = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, point, 0);
        return PemEncoding.WriteString(
            "PUBLIC KEY", [.. Convert.FromHexString("302a300506032b6570032100"), .. point]);
    }

    private static byte[] EdwardsSign(byte[] seed, byte[] text)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, text, 0, text.Length, signature, 0);
        return signature;
    }

    /// <summary>Writes the signature base by hand, for the components that these tests cover.</summary>
    private static CallbackRequest Signed(string algorithm, string input, Func<byte[], byte[]> sign)
    {
        algorithm.Should().NotBeEmpty();
        var digest = Digest(Body);
        var values = new Dictionary<string, string>
        {
            ["@method"] = "POST",
            ["@target-uri"] = "https://example.com/foo?param=Value&Pet=dog",
            ["content-digest"] = digest,
            ["@authority"] = "example.com",
            ["@path"] = "/foo",
        };
        var names = input.Split('(', ')').ElementAtOrDefault(1)?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ?? [];
        var lines = names.Select(name => $"{name}: {values.GetValueOrDefault(name.Split(';')[0].Trim('"'))}")
            .Append($"\"@signature-params\": {input}");
        var signature = sign(Encoding.ASCII.GetBytes(string.Join('\n', lines)));
        return Request(Body, ("Content-Digest", digest), ("Signature-Input", $"sig={input}"),
            ("Signature", $"sig=:{Convert.ToBase64String(signature)}:"));
    }
}
