using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Tests.Bakery;

internal sealed class BakeryHost : IAsyncDisposable
{
    private readonly ECDsa _key;

    private BakeryHost(WebApplication app, ECDsa key, string data, Faults faults) =>
        (App, _key, Data, Faults) = (app, key, data, faults);

    public WebApplication App { get; }

    public string Data { get; }

    public Faults Faults { get; }

    public static async Task<BakeryHost> StartAsync(
        string? data = null, Faults? faults = null, params string[] settings)
    {
        data ??= Directory.CreateTempSubdirectory("bakery-").FullName;
        faults ??= new Faults();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = Path.Combine(data, "token.pub.pem");
        await File.WriteAllTextAsync(pem, key.ExportSubjectPublicKeyInfoPem());
        var app = TwinTrackHost.Build(
            ["--data", data, "--urls", "http://127.0.0.1:0", "--auth:publicKey", pem, "--Logging:LogLevel:Default",
                "None", .. settings],
            BakeryModule.Arrows,
            [new BakeryModule(faults)],
            static _ => { });
        await app.StartAsync();
        return new BakeryHost(app, key, data, faults);
    }

    public HttpClient As(params string[] roles)
    {
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Access.Issuer,
            Audience = Access.Issuer,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            Subject =
                new ClaimsIdentity(
                    [new("sub", "amina"), new(Access.PartyClaim, "government"),
                        .. roles.Select(role => new Claim(Access.RoleClaim, role))]),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });
        var http = new HttpClient { BaseAddress = new Uri(App.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public async Task<T> InDbAsync<T>(Func<BakeryDb, Task<T>> query)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<BakeryDb>());
    }

    /// <summary>Waits for a fact, within bounds; past them says which fact it was and how things stood.</summary>
    public async Task Until(Func<BakeryDb, Task<bool>> holds, TimeSpan? atMost = null,
        [CallerArgumentExpression(nameof(holds))] string fact = "")
    {
        var (began, limit) = (Stopwatch.GetTimestamp(), atMost ?? TimeSpan.FromSeconds(90));
        while (!await InDbAsync(holds))
        {
            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                throw new TimeoutException(
                    Invariant($"Not within {limit.TotalSeconds} s: {fact}. {await InDbAsync(StandingAsync)}"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static async Task<string> StandingAsync(BakeryDb db) =>
        Invariant($"Outbox {await db.Outbox.CountAsync()}, loaves {await db.Loaves.CountAsync()}, ")
        + $"letters "
            + $"{string.Join(' ', await db.DeadLetters.Select(row => row.State + ":" + row.Reason).ToListAsync())}, "
        + $"jobs {string.Join(' ', await db.Jobs.Select(
            row => row.Kind + ":" + row.State + ":" + row.Error).ToListAsync())}.";

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _key.Dispose();
    }
}
