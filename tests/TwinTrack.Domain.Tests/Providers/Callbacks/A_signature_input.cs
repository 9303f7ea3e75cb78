using System.Security.Cryptography;
using System.Text;
using TwinTrack.Providers.Domain.Callbacks;
using static TwinTrack.Domain.Tests.Providers.Callbacks.CallbackScene;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

/// <summary>
/// What of RFC 9421 and RFC 8941 is read. The MAC of every callback here is right, so that only the form decides.
/// </summary>
public sealed class A_signature_input
{
    private const string Covered = """("@method" "@target-uri" "content-digest")""";
    private const string Timed = ";created=1618884473;keyid=\"k1\"";
    private const string Late = Covered + ";created=1;keyid=\"k1\"";
    private const string Lines = "\"@method\": POST\n\"@target-uri\": https://example.com/foo?param=Value&Pet=dog\n";
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    private static readonly byte[] OldSecret = [.. Enumerable.Range(2, 32).Select(number => (byte)number)];

    // Further parameters of the signature, in each form that RFC 8941 knows.
    [Theory]
    [InlineData("", null)]
    [InlineData(";x", null)]
    [InlineData(";x=?1", null)]
    [InlineData(";x=7", null)]
    [InlineData(";x=-7", null)]
    [InlineData(";x=9223372036854775807", null)]
    [InlineData(";x=token", null)]
    [InlineData(";x=*a!#$%&+-./:?_9Z", null)]
    [InlineData(";x=\"text\"", null)]
    [InlineData(";x=\"\"", null)]
    [InlineData(";x=\" ~\"", null)]
    [InlineData(";x=\"a\\\"b\\\\c\"", null)]
    [InlineData(";  x=1", null)]
    [InlineData(";*x-_.*9=1;y=2", null)]
    [InlineData(";x=1;x=2", CallbackFaults.Unreadable)]
    [InlineData(";X=1", CallbackFaults.Unreadable)]
    [InlineData(";9=1", CallbackFaults.Unreadable)]
    [InlineData(";=1", CallbackFaults.Unreadable)]
    [InlineData(";", CallbackFaults.Unreadable)]
    [InlineData(";x=", CallbackFaults.Unreadable)]
    [InlineData(";x=1-2", CallbackFaults.Unreadable)]
    [InlineData(";x=-", CallbackFaults.Unreadable)]
    [InlineData(";x=9223372036854775808", CallbackFaults.Unreadable)]
    [InlineData(";x=(a)", CallbackFaults.Unreadable)]
    [InlineData(";x=\"a", CallbackFaults.Unreadable)]
    [InlineData(";x=\"a\\", CallbackFaults.Unreadable)]
    [InlineData(";x=\"a\\b\"", CallbackFaults.Unreadable)]
    [InlineData(";x=\"a\tb\"", CallbackFaults.Unreadable)]
    [InlineData(";x=\"a\u007fb\"", CallbackFaults.Unreadable)]
    [InlineData(";x=1 y", CallbackFaults.Unreadable)]
    [InlineData(";x=1;", CallbackFaults.Unreadable)]
    [InlineData(" ;x=1", CallbackFaults.Unreadable)]
    [InlineData(",", CallbackFaults.Unreadable)]
    public void Has_parameters_of_known_forms_and_each_once(string more, string? fault) =>
        Fault(Covered + Timed + more).Should().Be(fault);

    // The whole header, with the signed member as {0}.
    [Theory]
    [InlineData("sig={0}", null)]
    [InlineData(" sig={0}\t", null)]
    [InlineData("other=(),sig={0}", null)]
    [InlineData("other=() , \tsig={0}", null)]
    [InlineData("sig={0}, other=(\"date\");x", null)]
    [InlineData("a=(),b=(),c=(),d=(),e=(),f=(),g=(),sig={0}", null)]
    [InlineData("a=(),b=(),c=(),d=(),e=(),f=(),g=(),h=(),sig={0}", CallbackFaults.Unreadable)]
    [InlineData("sig={0},", CallbackFaults.Unreadable)]
    [InlineData("sig={0} other=()", CallbackFaults.Unreadable)]
    [InlineData("sig={0};other=()", CallbackFaults.Unreadable)]
    [InlineData("sig={0},other", CallbackFaults.Unreadable)]
    [InlineData("sig={0},other=", CallbackFaults.Unreadable)]
    [InlineData("sig={0},other=(", CallbackFaults.Unreadable)]
    [InlineData("sig={0},Other=()", CallbackFaults.Unreadable)]
    [InlineData("sig={0},9=()", CallbackFaults.Unreadable)]
    [InlineData(",sig={0}", CallbackFaults.Unreadable)]
    [InlineData("sig {0}", CallbackFaults.Unreadable)]
    [InlineData("", CallbackFaults.Unreadable)]
    [InlineData("other={0}", CallbackFaults.NoSignature)]
    public void Is_one_of_eight_members_at_most(string header, string? fault) =>
        Fault(Covered + Timed, header: header).Should().Be(fault);

    [Theory]
    [InlineData("sig")]
    [InlineData("*sig")]
    [InlineData("s-i_g.9*")]
    public void Is_labelled_by_a_key_of_rfc_8941(string label) =>
        Fault(Covered + Timed, header: label + "={0}", signature: label + "=:{0}:").Should().BeNull();

    // The Signature header, with the right MAC as {0}.
    [Theory]
    [InlineData("sig=:{0}:", null)]
    [InlineData("other=::, sig=:{0}:", null)]
    [InlineData("sig=::", CallbackFaults.Signature)]
    [InlineData("sig=:{0}", CallbackFaults.Unreadable)]
    [InlineData("sig={0}", CallbackFaults.Unreadable)]
    [InlineData("sig=\"{0}\"", CallbackFaults.Unreadable)]
    [InlineData("sig=:!!!:", CallbackFaults.Unreadable)]
    [InlineData("sig=:{0}:, sig=:{0}:", CallbackFaults.Unreadable)]
    [InlineData("sig=:{0}:;x=1", CallbackFaults.Unreadable)]
    [InlineData("other=:{0}:", CallbackFaults.NoSignature)]
    public void Holds_by_the_one_signature_of_its_label(string signature, string? fault) =>
        Fault(Covered + Timed, signature: signature).Should().Be(fault);

    // A component with its value in the request, or null where it cannot be covered.
    [Theory]
    [InlineData("\"@scheme\"", "https")]
    [InlineData("\"@authority\"", "example.com")]
    [InlineData("\"@path\"", "/foo")]
    [InlineData("\"@query\"", "?param=Value&Pet=dog")]
    [InlineData("\"@request-target\"", "/foo?param=Value&Pet=dog")]
    [InlineData("\"@query-param\";name=\"Pet\"", "dog")]
    [InlineData("\"@query-param\";name=\"param\"", "Value")]
    [InlineData("\"x-words\"", "two words")]
    [InlineData("\"@query-param\";name=\"pet\"", null)]
    [InlineData("\"@query-param\"", null)]
    [InlineData("\"@query-param\";name=\"Pet\";req", null)]
    [InlineData("\"@query-param\";other=\"Pet\"", null)]
    [InlineData("\"@path\";req", null)]
    [InlineData("\"x-words\";name=\"Pet\"", null)]
    [InlineData("\"x-absent\"", null)]
    [InlineData("\"@status\"", null)]
    [InlineData("\"@\"", null)]
    [InlineData("@path", null)]
    public void Covers_components_that_the_request_has(string component, string? value) =>
        Fault($"(\"@method\" \"@target-uri\" \"content-digest\" {component}){Timed}", $"{component}: {value}\n")
            .Should().Be(value is null ? CallbackFaults.Unreadable : null);

    [Theory]
    [InlineData("?a=b=c&d", "a", "b=c")]
    [InlineData("?a=b=c&d", "d", "")]
    [InlineData("?a=1&a=2", "a", null)]
    [InlineData("", "a", null)]
    public void Covers_a_parameter_of_the_query_that_occurs_once(string query, string name, string? value) =>
        Fault($"(\"@method\" \"@target-uri\" \"content-digest\" \"@query-param\";name=\"{name}\"){Timed}",
            $"\"@query-param\";name=\"{name}\": {value}\n", query: query)
            .Should().Be(value is null ? CallbackFaults.Unreadable : null);

    [Fact]
    public void Covers_an_absent_query_as_a_question_mark() =>
        Fault($"(\"@method\" \"@target-uri\" \"content-digest\" \"@query\"){Timed}", "\"@query\": ?\n", query: "")
            .Should().BeNull();

    [Fact]
    public void Covers_the_authority_with_its_port() =>
        Fault($"(\"@method\" \"content-digest\" \"@authority\" \"@path\"){Timed}",
            "\"@authority\": example.com:8443\n\"@path\": /foo\n", lines: "\"@method\": POST\n",
            query: "", origin: "https://example.com:8443").Should().BeNull();

    // What is covered; the rest of the request is as it is.
    [Theory]
    [InlineData("@method,@target-uri", "", null)]
    [InlineData("@method,@authority,@path", "", null)]
    [InlineData("@method,@authority,@path,@query", "?a=b", null)]
    [InlineData("@method,@target-uri", "?a=b", null)]
    [InlineData("@method,@authority,@path", "?a=b", CallbackFaults.Coverage)]
    [InlineData("@method,@authority,@query", "?a=b", CallbackFaults.Coverage)]
    [InlineData("@method,@path,@query", "?a=b", CallbackFaults.Coverage)]
    [InlineData("@method,@authority", "", CallbackFaults.Coverage)]
    [InlineData("@method,@path", "", CallbackFaults.Coverage)]
    [InlineData("@method", "", CallbackFaults.Coverage)]
    [InlineData("@target-uri", "", CallbackFaults.Coverage)]
    public void Covers_method_target_and_digest_at_least(string covered, string query, string? fault)
    {
        var values = new Dictionary<string, string>
        {
            ["@method"] = "POST",
            ["@target-uri"] = $"https://example.com/foo{query}",
            ["@authority"] = "example.com",
            ["@path"] = "/foo",
            ["@query"] = query,
        };
        var names = covered.Split(',');
        var lines = string.Concat(names.Select(name => $"\"{name}\": {values[name]}\n"));
        var components = string.Join(' ', names.Select(name => $"\"{name}\""));

        Fault($"({components} \"content-digest\"){Timed}", lines: lines, query: query).Should().Be(fault);
        Fault($"({components}){Timed}", lines: lines, digestLine: "", query: query).Should()
            .Be(CallbackFaults.Coverage, "the digest is not covered");
    }

    [Theory]
    [InlineData("(\"@method\"\"@target-uri\" \"content-digest\")")]
    [InlineData("(\"@method\",\"@target-uri\" \"content-digest\")")]
    [InlineData("(\"@method\" \"@target-uri\" \"content-digest\"")]
    [InlineData("\"@method\" \"@target-uri\" \"content-digest\")")]
    public void Lists_its_components_in_brackets_with_blanks_between(string components) =>
        Fault(components + Timed).Should().Be(CallbackFaults.Unreadable);

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, CallbackFaults.Unreadable)]
    public void Covers_32_components_at_most(int more, string? fault)
    {
        var names = Enumerable.Range(0, more).Select(number => Invariant($"x-{number}")).ToList();
        var components = string.Join(' ', names.Select(name => $"\"{name}\""));

        Fault($"(\"@method\" \"@target-uri\" \"content-digest\" {components}){Timed}",
            string.Concat(names.Select(name => $"\"{name}\": v\n")),
            headers: [.. names.Select(name => (name, "v"))]).Should().Be(fault);
    }

    [Theory]
    [InlineData(";created=1618884473;expires=1618884473", null)]
    [InlineData(";created=1618884473;expires=1618884474", null)]
    [InlineData(";created=1618884473;expires=1618884472", CallbackFaults.Time)]
    [InlineData(";created=1618884473;expires=soon", CallbackFaults.Time)]
    [InlineData(";created=1618884473;expires=-1", CallbackFaults.Time)]
    [InlineData(";created=1618884173", null)]
    [InlineData(";created=1618884172", CallbackFaults.Time)]
    [InlineData(";created=1618884773", null)]
    [InlineData(";created=1618884774", CallbackFaults.Time)]
    [InlineData(";created=-1618884473", CallbackFaults.Time)]
    [InlineData(";created", CallbackFaults.Time)]
    [InlineData("", CallbackFaults.Time)]
    public void Is_made_near_our_clock_and_has_not_expired(string times, string? fault) =>
        Fault(Covered + times + ";keyid=\"k1\"").Should().Be(fault);

    [Theory]
    [InlineData(";keyid=\"k1\";alg=\"hmac-sha256\"", null)]
    [InlineData(";keyid=\"k1\";alg=\"ed25519\"", CallbackFaults.Signature)]
    [InlineData(";keyid=\"k2\"", CallbackFaults.Signature)]
    [InlineData(";keyid=\"K1\"", CallbackFaults.Signature)]
    [InlineData("", CallbackFaults.Signature)]
    public void Names_a_key_of_ours_and_no_other_algorithm(string names, string? fault) =>
        Fault(Covered + ";created=1618884473" + names).Should().Be(fault);

    [Theory]
    [InlineData(";nonce=\"n1\"", "n1")]
    [InlineData(";nonce", "?1")]
    [InlineData("", "1618884473")]
    public void Is_known_by_its_nonce_or_else_by_its_time(string nonce, string id)
    {
        var (callbacks, request) = Signed(Covered + Timed + nonce);

        callbacks.Scheme.Verify(callbacks, request, RfcTime).Should().Be(CallbackProof.Of(id));
    }

    // Several signatures of one callback, because a proxy may have added one.
    [Theory]
    [InlineData("good={0}, bad={0}", null)]
    [InlineData("bad={0}, good={0}", null)]
    [InlineData("good={0}, unsigned={0}", null)]
    [InlineData("unsigned={0}, good={0}", null)]
    [InlineData("bad={0}, late=" + Late, CallbackFaults.Time)]
    [InlineData("late=" + Late + ", bad={0}", CallbackFaults.Signature)]
    [InlineData("bad={0}, unsigned={0}", CallbackFaults.Signature)]
    public void Holds_when_one_of_several_signatures_holds(string header, string? fault) =>
        Fault(Covered + Timed, header: header, signature: "good=:{0}:, bad=:AAAA:, late=:AAAA:").Should().Be(fault);

    [Theory]
    [InlineData("sha-256={256}", null)]
    [InlineData("sha-512={512}", null)]
    [InlineData("sha-256={256}, sha-512={512}", null)]
    [InlineData("md5=:AAAA:, sha-256={256}", null)]
    [InlineData("sha-256={256}, md5=:AAAA:", null)]
    [InlineData("sha-256={512}", CallbackFaults.Digest)]
    [InlineData("sha-256={256}, sha-512={256}", CallbackFaults.Digest)]
    [InlineData("sha-256={512}, sha-512={512}", CallbackFaults.Digest)]
    [InlineData("md5=:AAAA:", CallbackFaults.Digest)]
    [InlineData("sha-256=AAAA", CallbackFaults.Unreadable)]
    [InlineData("", CallbackFaults.Unreadable)]
    public void Covers_a_digest_that_is_the_bodys_by_every_known_algorithm(string digest, string? fault)
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        var value = digest
            .Replace("{256}", $":{Convert.ToBase64String(SHA256.HashData(bytes))}:", StringComparison.Ordinal)
            .Replace("{512}", $":{Convert.ToBase64String(SHA512.HashData(bytes))}:", StringComparison.Ordinal);

        Fault(Covered + Timed, digest: value).Should().Be(fault);
    }

    [Theory]
    [InlineData("signature-input")]
    [InlineData("signature")]
    [InlineData("content-digest")]
    public void Cannot_be_read_without_one_of_the_headers(string header)
    {
        var (callbacks, request) = Signed(Covered + Timed);
        var headers = request.Headers.Where(one => !one.Key.Equals(header, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

        FaultOf(callbacks, request with { Headers = headers }, RfcTime).Should().Be(CallbackFaults.Unreadable);
    }

    private static string? Fault(string input, string more = "", string lines = Lines, string? digestLine = null,
        string query = "?param=Value&Pet=dog", string origin = "https://example.com", string header = "sig={0}",
        string signature = "sig=:{0}:", string? digest = null, (string, string)[]? headers = null)
    {
        var (callbacks, request) =
            Signed(input, more, lines, digestLine, query, origin, header, signature, digest, headers);
        return FaultOf(callbacks, request, RfcTime);
    }

    /// <summary>The signature base is written here by hand: lines, digest, further lines, parameters.</summary>
    private static (CallbackSettings Callbacks, CallbackRequest Request) Signed(string input, string more = "",
        string lines = Lines, string? digestLine = null, string query = "?param=Value&Pet=dog",
        string origin = "https://example.com", string header = "sig={0}", string signature = "sig=:{0}:",
        string? digest = null, (string, string)[]? headers = null)
    {
        var callbacks = SettingsOf(new()
        {
            ["callbackScheme"] = "rfc9421",
            ["callbackAlgorithm"] = "hmac-sha256",
            ["callbackKey"] = Convert.ToBase64String(Secret),
            ["callbackKeyId"] = "k1",
            ["callbackKeyOld"] = Convert.ToBase64String(OldSecret),
            ["callbackKeyIdOld"] = "k0",
            ["callbackOrigin"] = origin,
        });
        digest ??= Digest(Body);
        if (query != "?param=Value&Pet=dog" && lines == Lines)
        {
            lines = $"\"@method\": POST\n\"@target-uri\": {origin}/foo{query}\n";
        }

        var text = $"{lines}{digestLine ?? $"\"content-digest\": {digest}\n"}{more}\"@signature-params\": {input}";
        var mac = Convert.ToBase64String(HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(text)));
        var request = Request(Body, [("Content-Digest", digest), ("X-Words", " two words "),
            ("Signature-Input", header.Replace("{0}", input, StringComparison.Ordinal)),
            ("Signature", signature.Replace("{0}", mac, StringComparison.Ordinal)), .. headers ?? []]);
        return (callbacks, request with { Query = query });
    }
}
