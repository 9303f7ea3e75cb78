using System.Buffers.Binary;
using System.Globalization;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TwinTrack.Deployment.Tests.Sidecar;

/// <summary>
/// The part of dapr.proto.runtime.v1 that Dapr's clients need for secrets. Refusals carry the status codes of Dapr's
/// own source (pkg/api/errors/secrets.go).
/// </summary>
internal static class SidecarGrpc
{
    private const string Service = "/dapr.proto.runtime.v1.Dapr/";

    /// <summary>One byte says whether the message is compressed, four its length (gRPC over HTTP/2).</summary>
    private const int PrefixBytes = 5;

    internal static void Map(WebApplication app, SidecarStandIn sidecar)
    {
        app.MapPost(Service + "GetMetadata", static http =>
            AnswerAsync(http, new GetMetadataResponse { Id = "stand-in", RuntimeVersion = "1.15.0" }));
        app.MapPost(Service + "GetSecret", async http =>
        {
            var asked = GetSecretRequest.Parser.ParseFrom(await MessageOfAsync(http.Request));
            await (Refusal(sidecar, asked.StoreName, asked.Key) is var (code, why)
                ? RefuseAsync(http, code, why)
                : AnswerAsync(http, One(sidecar.Stores[asked.StoreName].GetValueOrDefault(asked.Key))));
        });
        app.MapPost(Service + "GetBulkSecret", async http =>
        {
            var asked = GetBulkSecretRequest.Parser.ParseFrom(await MessageOfAsync(http.Request));
            await (Refusal(sidecar, asked.StoreName, null) is var (code, why)
                ? RefuseAsync(http, code, why)
                : AnswerAsync(http, All(
                    sidecar.Stores[asked.StoreName].Where(secret => !sidecar.Denied.Contains(secret.Key)))));
        });
    }

    internal static Task RefuseAsync(HttpContext http, StatusCode code, string why)
    {
        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-status"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["grpc-message"] = Uri.EscapeDataString(why);
        return Task.CompletedTask;
    }

    private static (StatusCode Code, string Why)? Refusal(SidecarStandIn sidecar, string store, string? key) =>
        !sidecar.Stores.ContainsKey(store)
            ? (StatusCode.InvalidArgument, $"failed finding secret store with key {store}")
            : key is not null && sidecar.Denied.Contains(key)
                ? (StatusCode.PermissionDenied, $"access denied by policy to get \"{key}\" from \"{store}\"")
            : null;

    /// <summary>A secret that is not there has no data; it is no error.</summary>
    private static GetSecretResponse One(Dictionary<string, string>? secret) => new() { Data = { secret ?? [] } };

    private static GetBulkSecretResponse All(IEnumerable<KeyValuePair<string, Dictionary<string, string>>> secrets)
    {
        var all = new GetBulkSecretResponse();
        foreach (var (name, secret) in secrets)
        {
            all.Data[name] = new SecretResponse { Secrets = { secret } };
        }

        return all;
    }

    private static async Task<byte[]> MessageOfAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray()[PrefixBytes..];
    }

    private static async Task AnswerAsync(HttpContext http, IMessage message)
    {
        var prefix = new byte[PrefixBytes];
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.CalculateSize());
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(prefix);
        await http.Response.Body.WriteAsync(message.ToByteArray());
        http.Response.AppendTrailer("grpc-status", "0");
    }
}
