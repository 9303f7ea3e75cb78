using System.Net;
using TwinTrack.Contracts;
using TwinTrack.Gateway;
using TwinTrack.Platform;

namespace TwinTrack.Deployment.Tests.Sidecar;

/// <summary>The process's proxy is everybody's, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(A_sidecar_beside_a_proxy), DisableParallelization = true)]
[Collection(nameof(A_sidecar_beside_a_proxy))]
public sealed class A_sidecar_beside_a_proxy
{
    private static readonly string PayeeKey = Convert.ToBase64String(new byte[32]);

    [Fact]
    public async Task Is_asked_directly_whatever_proxy_the_environment_names()
    {
        var before = HttpClient.DefaultProxy;
        var data = Directory.CreateTempSubdirectory("twintrack-").FullName;
        try
        {
            HttpClient.DefaultProxy = new WebProxy("http://192.0.2.1:9");
            await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
            sidecar.Stores["vault"] = new() { ["keys"] = new() { ["keys--payee"] = PayeeKey } };

            await using var host = TwinTrackHost.Build(
                [
                    "--data", data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None",
                    "--dapr:enabled", "true", "--DAPR_HTTP_PORT", Invariant($"{sidecar.Port}"),
                    "--DAPR_GRPC_PORT", Invariant($"{sidecar.GrpcPort}"), "--DAPR_API_TOKEN", "stand-in-token",
                    "--dapr:secrets:store", "vault", "--dapr:secrets:waitSeconds", "20",
                ],
                Topology.Arrows,
                [new GatewayModule()],
                static _ => { });

            host.Configuration["keys:payee"].Should().Be(PayeeKey);
            HttpClient.DefaultProxy.IsBypassed(new Uri("http://operator.example/")).Should().BeFalse();
        }
        finally
        {
            HttpClient.DefaultProxy = before;
            Directory.Delete(data, recursive: true);
        }
    }
}
