using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwinTrack.Deployment.Tests.Tools;
using TwinTrack.Running;

namespace TwinTrack.Deployment.Tests.Sidecar;

/// <summary>
/// Dapr's own client for another language, written by others, finds in the stand-in what it looks for in a sidecar.
/// </summary>
public sealed class The_stand_in
{
    private const string Script = """
        const { DaprClient, HttpMethod, CommunicationProtocolEnum } = require("@dapr/dapr");
        (async () => {
          const options = { daprHost: "127.0.0.1", daprApiToken: process.env.TOKEN, logger: { level: "error" } };
          const client = new DaprClient({ ...options, daprPort: process.env.PORT });
          const grpc = new DaprClient({
            ...options, daprPort: process.env.GRPC_PORT, communicationProtocol: CommunicationProtocolEnum.GRPC });
          await client.start();
          await grpc.start();
          const code = async work => { try { return await work(); } catch (fault) { return fault.code; } };
          const said = async work => {
            try { return await work(); } catch (fault) { return JSON.parse(fault.message).status; } };
          console.log(JSON.stringify({
            healthy: await client.health.isHealthy(),
            secret: await client.secret.get("vault", "payments"),
            bulk: await client.secret.getBulk("vault"),
            absent: await said(() => client.secret.get("vault", "nothing")),
            denied: await said(() => client.secret.get("vault", "providers")),
            noStore: await said(() => client.secret.get("cellar", "payments")),
            get: await client.invoker.invoke("payments-app", "payments/echo?a=1", HttpMethod.GET),
            post: await client.invoker.invoke("payments-app", "payments/echo", HttpMethod.POST, { amount: 5 }, { headers: { authorization: "Bearer abc" } }),
            nobody: await said(() => client.invoker.invoke("nobody", "x", HttpMethod.GET)),
            forbidden: await said(() => client.invoker.invoke("closed-app", "x", HttpMethod.GET)),
            grpcSecret: await grpc.secret.get("vault", "payments"),
            grpcBulk: await grpc.secret.getBulk("vault"),
            grpcAbsent: await grpc.secret.get("vault", "nothing"),
            grpcDenied: await code(() => grpc.secret.get("vault", "providers")),
            grpcNoStore: await code(() => grpc.secret.get("cellar", "payments")),
            grpcNoStoreBulk: await code(() => grpc.secret.getBulk("cellar")),
          }));
          await client.stop();
          await grpc.stop();
        })().catch(fault => { console.error(fault); process.exit(1); });
        """;

    [Fact]
    public async Task Is_a_sidecar_to_daprs_own_client()
    {
        var node =
            CommandRun.Find("node") ?? throw Xunit.Sdk.SkipException.ForSkip(
                "node is not installed, so Dapr's own client cannot be asked.");
        var client = await NpmPackage.InstalledAsync("@dapr/dapr", "3.18.0");
        await using var app = await EchoAsync();
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        sidecar.Stores["vault"] = new()
        {
            ["payments"] = new() { ["ConnectionStrings--payments"] = "Host=db" },
            ["providers"] = new() { ["keys--payee"] = "x" }
        };
        sidecar.Denied.Add("providers");
        sidecar.Apps["payments-app"] = sidecar.Apps["closed-app"] = new Uri(app.Urls.Single());
        sidecar.Forbidden.Add("closed-app");

        var run =
            await CommandRun.RunAsync(node, client, ["-e", Script], ("PORT", Invariant($"{sidecar.Port}")),
                ("GRPC_PORT", Invariant($"{sidecar.GrpcPort}")), ("TOKEN", "stand-in-token"),
                ("NODE_PATH", Path.Combine(client, "node_modules")));

        var answers = JsonNode.Parse(run.Succeeded())!;
        answers["healthy"]!.GetValue<bool>().Should().BeTrue();
        answers["secret"]!.ToJsonString().Should().Be("""{"ConnectionStrings--payments":"Host=db"}""");
        answers["bulk"]!.ToJsonString().Should().Be("""{"payments":{"ConnectionStrings--payments":"Host=db"}}""");
        answers["absent"]!.ToString().Should().BeEmpty("204 has no content");
        answers["denied"]!.GetValue<int>().Should().Be(403);
        answers["noStore"]!.GetValue<int>().Should().Be(400);
        answers["get"]!.ToJsonString().Should().Be(
            """{"method":"GET","path":"/payments/echo?a=1","authorization":"","body":""}""");
        answers["post"]!.ToJsonString().Should()
            .Be("""{"method":"POST","path":"/payments/echo","authorization":"Bearer """
                + """abc","body":"{\u0022amount\u0022:5}"}""");
        answers["nobody"]!.GetValue<int>().Should().Be(500);
        answers["forbidden"]!.GetValue<int>().Should().Be(403);
        answers["grpcSecret"]!.ToJsonString().Should().Be(answers["secret"]!.ToJsonString());
        answers["grpcBulk"]!.ToJsonString().Should().Be(answers["bulk"]!.ToJsonString());
        answers["grpcAbsent"]!.ToJsonString().Should().Be("{}");
        answers["grpcDenied"]!.GetValue<int>().Should().Be((int)StatusCode.PermissionDenied);
        answers["grpcNoStore"]!.GetValue<int>().Should().Be((int)StatusCode.InvalidArgument);
        answers["grpcNoStoreBulk"]!.GetValue<int>().Should().Be((int)StatusCode.InvalidArgument);
    }

    /// <summary>An application behind a sidecar that says what it was asked.</summary>
    internal static async Task<WebApplication> EchoAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Map("/{**path}", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            return Results.Json(new
            {
                method = http.Request.Method,
                path = http.Request.Path + http.Request.QueryString,
                authorization = http.Request.Headers.Authorization.ToString(),
                body
            });
        });
        await app.StartAsync();
        return app;
    }
}
