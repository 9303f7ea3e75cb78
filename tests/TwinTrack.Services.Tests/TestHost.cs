using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TwinTrack.Contracts;
using TwinTrack.Kernel;
using TwinTrack.Platform;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests;

/// <summary>
/// Real modules on a real web server at a free port. SQLite files are in a separate folder, and the bus is in memory.
/// Messages to services that are not in the host stay in the outbox, where a test reads them.
/// </summary>
internal sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ECDsa _key;

    private TestHost(WebApplication app, ECDsa key, string data) => (App, _key, Data) = (app, key, data);

    public WebApplication App { get; }

    /// <summary>The data folder; give it to another start to continue on the same files.</summary>
    public string Data { get; }

    public Uri Address => new(App.Urls.Single());

    public static Task<TestHost> StartAsync(params IServiceModule[] modules) => StartAsync(null, null, modules);

    public static Task<TestHost> StartAsync(string? data, Action<IServiceCollection>? adjust,
        params IServiceModule[] modules) =>
        StartAsync(data, [], adjust, modules);

    /// <param name="data">The folder of an earlier host, or null for a new one.</param>
    /// <param name="settings">More configuration, as on the command line.</param>
    /// <param name="adjust">Last word on registrations.</param>
    /// <param name="modules">The services to run.</param>
    public static async Task<TestHost> StartAsync(
        string? data, string[] settings, Action<IServiceCollection>? adjust, params IServiceModule[] modules)
    {
        data ??= Directory.CreateTempSubdirectory("twintrack-").FullName;
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = Path.Combine(data, "test-token.pub.pem");
        await File.WriteAllTextAsync(pem, key.ExportSubjectPublicKeyInfoPem());
        var app = TwinTrackHost.Build(
            ["--data", data, "--urls", "http://127.0.0.1:0", "--auth:publicKey", pem, "--Logging:LogLevel:Default",
                "None", .. settings],
            Topology.Arrows,
            modules,
            services =>
            {
                services.RemoveAll<ILoggerProvider>();
                adjust?.Invoke(services);
            });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // What did not start must still let go of its files.
            await app.DisposeAsync();
            throw;
        }

        return new TestHost(app, key, data);
    }

    /// <summary>
    /// A client that is logged in as this user, with a fresh idempotency key on every unsafe request.
    /// </summary>
    public HttpClient As(string user, string party, params string[] roles)
    {
        var http =
            new HttpClient(new KeyOnEachRequest { InnerHandler = new HttpClientHandler() }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(user, party, roles));
        return http;
    }

    /// <summary>What this user would get on logging in.</summary>
    public string TokenOf(string user, string party, params string[] roles) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Access.Issuer,
            Audience = Access.Issuer,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            Subject =
                new ClaimsIdentity(
                    [new("sub", user), new(Access.PartyClaim, party),
                        .. roles.Select(role => new Claim(Access.RoleClaim, role))]),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });

    /// <summary>
    /// Handles a message as the bus would: in a transaction, with its follow-up messages in the outbox.
    /// </summary>
    public async Task HandleAsync<TDb, TMessage, THandler>(TMessage message)
        where TDb : ServiceDb
        where TMessage : class
        where THandler : IMessageHandler<TMessage>
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var handler = scope.ServiceProvider.GetRequiredService<THandler>();
        await db.InTransactionAsync(() => handler.HandleAsync(message, CancellationToken.None), CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<CommitSignal<TDb>>().Committed();
    }

    /// <summary>What this service has said to services that are not in the host.</summary>
    public async Task<List<TMessage>> SentAsync<TDb, TMessage>()
        where TDb : ServiceDb
    {
        var type = typeof(TMessage).FullName;
        var rows = await QueryAsync<TDb, List<string>>(db =>
            db.Outbox.AsNoTracking().Where(row => row.Type == type).OrderBy(row => row.MessageId)
                .Select(row => row.Body).ToListAsync());
        return [.. rows.Select(body => JsonSerializer.Deserialize<TMessage>(body, MessageJson.Options)!)];
    }

    public async Task<T> QueryAsync<TDb, T>(Func<TDb, Task<T>> query)
        where TDb : ServiceDb
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>Waits for a fact, never for a time; fails when it does not come.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {Patience}; last seen: {seen}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _key.Dispose();
    }

    private sealed class KeyOnEachRequest : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get && !request.Headers.Contains("Idempotency-Key"))
            {
                request.Headers.Add("Idempotency-Key",
                    Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("n"));
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
