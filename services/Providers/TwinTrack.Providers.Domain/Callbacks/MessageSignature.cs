using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>
/// HTTP Message Signatures (RFC 9421) with required components. These are <c>@method</c>, the target, and
/// <c>content-digest</c> (RFC 9530), which is computed again from the body. The target is <c>@target-uri</c>, or
/// <c>@authority</c> with <c>@path</c> and, if there is one, <c>@query</c>. A genuine signature without one of them
/// proves nothing about this callback. Parameters: <c>created</c> is near our clock, <c>keyid</c> is a known key, and
/// <c>alg</c>, if given, is the agreed algorithm.
/// </summary>
internal static class MessageSignature
{
    internal static CallbackProof Verify(CallbackSettings settings, CallbackRequest request, DateTimeOffset now)
    {
        if (SignatureFields.Inputs(request["signature-input"]) is not { } inputs
            || SignatureFields.Bytes(request["signature"]) is not { } signatures
            || SignatureFields.Bytes(request["content-digest"]) is not { } digests)
        {
            return CallbackProof.No(CallbackFaults.Unreadable);
        }

        if (!IsOf(request.Body.Span, digests))
        {
            return CallbackProof.No(CallbackFaults.Digest);
        }

        // A proxy may have added its own signature. One valid signature is enough. Otherwise the last fault is
        // returned.
        var proof = CallbackProof.No(CallbackFaults.NoSignature);
        foreach (var input in inputs)
        {
            proof = signatures.TryGetValue(input.Label, out var signature)
                ? One(settings, request, input, signature, now) : proof;
            if (proof.Fault is null)
            {
                break;
            }
        }

        return proof;
    }

    private static CallbackProof One(CallbackSettings settings, CallbackRequest request, SignatureInput input,
        byte[] signature, DateTimeOffset now)
    {
        if (settings.Keys.FirstOrDefault(key => key.Id == input["keyid"]) is not { } key
            || input["alg"] is { } alg && alg != settings.Algorithm)
        {
            return CallbackProof.No(CallbackFaults.Signature);
        }

        if (!IsTimely(settings, input, now))
        {
            return CallbackProof.No(CallbackFaults.Time);
        }

        if (!Covers(input.Components, request))
        {
            return CallbackProof.No(CallbackFaults.Coverage);
        }

        if (Base(settings, request, input) is not { } text)
        {
            return CallbackProof.No(CallbackFaults.Unreadable);
        }

        return SignatureAlgorithms.Find(settings.Algorithm)!.Verify(key.Bytes, Encoding.ASCII.GetBytes(text), signature)
            ? CallbackProof.Of(input["nonce"] ?? input["created"]!)
            : CallbackProof.No(CallbackFaults.Signature);
    }

    private static bool IsTimely(CallbackSettings settings, SignatureInput input, DateTimeOffset now) =>
        Seconds(input["created"]) is { } created && settings.IsTimely(created, now)
        && (input["expires"] is null || Seconds(input["expires"]) is { } expires && expires >= now.ToUnixTimeSeconds());

    private static long? Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static bool Covers(IReadOnlyList<SignatureComponent> components, CallbackRequest request)
    {
        bool Has(string name) => components.Any(one => one.Name == name);
        return Has("@method") && Has("content-digest")
            && (Has("@target-uri")
                || (Has("@authority") && Has("@path") && (request.Query.Length == 0 || Has("@query"))));
    }

    /// <summary>RFC 9421, 2.5. Null when a component occurs twice, is missing, or is not supported.</summary>
    private static string? Base(CallbackSettings settings, CallbackRequest request, SignatureInput input)
    {
        var text = new StringBuilder();
        foreach (var component in input.Components)
        {
            if (ValueOf(component, settings.Origin!, request) is not { } value)
            {
                return null;
            }

            text.Append('"').Append(component.Name).Append('"');
            if (component.Parameter is { } parameter)
            {
                text.Append(";name=\"").Append(parameter).Append('"');
            }

            text.Append(": ").Append(value).Append('\n');
        }

        return input.Components.Distinct().Count() == input.Components.Count
            ? text.Append("\"@signature-params\": ").Append(input.Raw).ToString() : null;
    }

    private static string? ValueOf(SignatureComponent component, Uri origin, CallbackRequest request) =>
        component.Name switch
        {
            "@method" => request.Method,
            "@scheme" => origin.Scheme,
            "@authority" => origin.Authority,
            "@path" => request.Path,
            "@query" => request.Query.Length == 0 ? "?" : request.Query,
            "@target-uri" => $"{origin.Scheme}://{origin.Authority}{request.Path}{request.Query}",
            "@request-target" => request.Path + request.Query,
            "@query-param" => QueryParameter(request.Query, component.Parameter!),
            ['@', ..] => null,
            var field => request[field],
        };

    /// <summary>RFC 9421, 2.2.8; null for a parameter that occurs more than once.</summary>
    private static string? QueryParameter(string query, string name)
    {
        var values = query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name)
            .ToList();
        return values is [var only] ? only.ElementAtOrDefault(1) ?? "" : null;
    }

    /// <summary>Every supported digest must match the body, and there must be at least one.</summary>
    private static bool IsOf(ReadOnlySpan<byte> body, Dictionary<string, byte[]> digests)
    {
        var known = 0;
        foreach (var (name, digest) in digests)
        {
            var ours = name switch
            {
                "sha-256" => SHA256.HashData(body),
                "sha-512" => SHA512.HashData(body),
                _ => null,
            };
            if (ours is null)
            {
                continue;
            }

            known++;
            if (!CryptographicOperations.FixedTimeEquals(ours, digest))
            {
                return false;
            }
        }

        return known > 0;
    }
}
