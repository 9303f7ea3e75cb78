using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using TwinTrack.Contracts;
using TwinTrack.Gateway;
using TwinTrack.Platform;
using TwinTrack.Platform.Dapr;

namespace TwinTrack.Deployment.Tests.Sidecar;

public sealed class Settings_from_a_secret_store : IDisposable
{
    private static readonly string PayeeKey = Convert.ToBase64String(new byte[32]);

    private readonly string _data = Directory.CreateTempSubdirectory("twintrack-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("accounts,keys")]
    [InlineData("")]
    public async Task Are_there_when_the_process_looks_at_them(string names)
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        Fill(sidecar);

        await using var host =
            Build(sidecar, "--dapr:secrets:names", names, "--dapr:secrets:required", "auth:demoPassword,keys:payee");
        await host.StartAsync();

        host.Configuration["auth:demoPassword"].Should().Be("a-password-from-the-store");
        host.Configuration["keys:payee"].Should().Be(PayeeKey);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        using var answer = await http.PostAsJsonAsync(
            "/auth/token", new { user = "admin", password = "a-password-from-the-store" });
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "the accounts were made with the password of the store");
    }

    [Fact]
    public async Task May_be_the_text_of_a_key_instead_of_its_file()
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        Fill(sidecar);
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        sidecar.Stores["vault"]["keys"]["auth--privateKey"] = key.ExportPkcs8PrivateKeyPem();
        sidecar.Stores["vault"]["keys"]["auth--publicKey"] = key.ExportSubjectPublicKeyInfoPem();

        await using var host = Build(sidecar);
        await host.StartAsync();

        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        using var token = await http.PostAsJsonAsync(
            "/auth/token", new { user = "admin", password = "a-password-from-the-store" });
        http.DefaultRequestHeaders.Authorization = new(
            "Bearer", (string)(await token.Content.ReadFromJsonAsync<JsonNode>())!["token"]!);
        (await http.GetStringAsync(new Uri("/auth/me", UriKind.Relative))).Should().Contain("admin");
        Directory.Exists(Path.Combine(_data, "keys")).Should().BeFalse("nothing was put on file");
    }

    [Fact]
    public async Task Are_named_when_they_are_missing()
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        Fill(sidecar);

        var start =
            () => Build(sidecar, "--dapr:secrets:names", "accounts", "--dapr:secrets:required",
                "keys:payee,ConnectionStrings:auth");

        start.Should().Throw<InvalidOperationException>()
            .WithMessage(
            "Missing: keys:payee, ConnectionStrings:auth. Neither the secret store 'vault' (accounts)*the key "
                + "keys--payee.");
    }

    [Theory]
    [InlineData("vault", "nothing", "stand-in-token",
        "The secret store 'vault' did not give secret 'nothing': it is not there.")]
    [InlineData("vault", "closed", "stand-in-token",
        "The secret store 'vault' did not give secret 'closed': this application may not read it.")]
    [InlineData("cellar", "accounts", "stand-in-token",
        "The secret store 'cellar' did not give secret 'accounts': the store is not there, or is misconfigured.")]
    [InlineData("vault", "accounts", "another",
        "The secret store 'vault' did not give secret 'accounts': the sidecar wants another DAPR_API_TOKEN.")]
    public async Task Are_refused_with_the_name_and_never_the_value(
        string store, string name, string token, string reason)
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        Fill(sidecar);
        sidecar.Denied.Add("closed");

        var start =
            () => Build(sidecar, "--dapr:secrets:store", store, "--dapr:secrets:names", name, "--DAPR_API_TOKEN",
                token);

        start.Should().Throw<InvalidOperationException>().Which.Message.Should().Be(reason);
    }

    [Fact]
    public async Task Are_waited_for_while_the_sidecar_comes_up()
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        Fill(sidecar);
        sidecar.Well = false;

        var building = Task.Run(() => Build(sidecar));
        while (!HasAskedTwice(sidecar))
        {
            building.IsCompleted.Should().BeFalse();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        sidecar.Well = true;
        await using var host = await building.WaitAsync(TimeSpan.FromSeconds(60));
        host.Configuration["keys:payee"].Should().Be(PayeeKey);
    }

    [Fact]
    public void Are_not_waited_for_without_end()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var started = Stopwatch.StartNew();

        var start = () => Build(port, port, "--dapr:secrets:waitSeconds", "1");

        start.Should().Throw<InvalidOperationException>().WithMessage(
            Invariant($"The Dapr sidecar at http://127.0.0.1:{port}/ was not healthy within 1 s*'vault'*"));
        // A timer may fire some milliseconds early.
        started.Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task Are_refused_when_only_the_http_side_answers()
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        var start = () => Build(sidecar.Port, port);

        start.Should().Throw<InvalidOperationException>().WithMessage("*nothing answers at DAPR_GRPC_PORT.");
    }

    [Fact]
    public async Task Are_nobodys_business_while_dapr_is_off()
    {
        await using var sidecar = await SidecarStandIn.StartAsync("stand-in-token");
        await using var host = Build(sidecar, "--dapr:enabled", "false");

        sidecar.Asked.Should().BeEmpty();
    }

    private static bool HasAskedTwice(SidecarStandIn sidecar)
    {
        lock (sidecar.Asked)
        {
            return sidecar.Asked.Count(asked => asked == "GET /v1.0/healthz/outbound") >= 2;
        }
    }

    private static void Fill(SidecarStandIn sidecar) => sidecar.Stores["vault"] = new()
    {
        ["accounts"] = new() { ["auth--demoPassword"] = "a-password-from-the-store" },
        ["keys"] = new() { ["keys__payee"] = PayeeKey },
    };

    private WebApplication Build(SidecarStandIn sidecar, params string[] more) =>
        Build(sidecar.Port, sidecar.GrpcPort, more);

    private WebApplication Build(int port, int grpcPort, params string[] more) => TwinTrackHost.Build(
        [
            "--data", _data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None", "--auth:demoUsers",
            "true",
            "--dapr:enabled", "true", "--DAPR_HTTP_PORT", Invariant($"{port}"),
            "--DAPR_GRPC_PORT", Invariant($"{grpcPort}"), "--DAPR_API_TOKEN", "stand-in-token",
            "--dapr:secrets:store", "vault", .. more,
        ],
        Topology.Arrows,
        [new GatewayModule()],
        static _ => { });
}
