using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Security;

/// <summary>
/// Authentication and roles. Every service checks the bearer token itself. Tokens come from the gateway's local
/// accounts or from the identity provider at <c>auth:authority</c>. For local accounts (ES256) the public key is
/// <c>keys/token.pub.pem</c> in the data folder, or at <c>auth:publicKey</c>.
/// </summary>
public static class Access
{
    public const string Issuer = "twintrack";
    public const string PartyClaim = "party";
    public const string RoleClaim = "role";

    private const string IdentityProvider = "identity-provider";
    private const int IdentityAnswerMaxBytes = 1024 * 1024;

    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt =>
        {
            jwt.MapInboundClaims = false;
            jwt.Events =
                new JwtBearerEvents { OnTokenValidated = static checkedToken => KeepNeutral(checkedToken.Principal) };
            jwt.TokenValidationParameters = new TokenValidationParameters
            {
                NameClaimType = "sub",
                RoleClaimType = RoleClaim,
                ValidAudience = Issuer,
                ValidIssuer = Issuer,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                ClockSkew = TimeSpan.FromSeconds(30),
            };
            if (configuration["auth:authority"] is { } authority)
            {
                jwt.Authority = authority;
                jwt.TokenValidationParameters.ValidIssuer = null;
                jwt.TokenValidationParameters.ValidAlgorithms = null;
            }
            else
            {
                // Read when first needed, because in one process the gateway may write the key later.
                var key = new Lazy<SecurityKey>(() => PublicKey(configuration), LazyThreadSafetyMode.PublicationOnly);
                jwt.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, _, _) => [key.Value];
            }
        });
        if (configuration["auth:authority"] is not null)
        {
            builder.Services.AddIdentityProvider();
        }

        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
            new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>The provider's documents and keys are read again when an answer is lost.</summary>
    private static void AddIdentityProvider(this IServiceCollection services)
    {
        services.AddHttpClient(IdentityProvider,
                client => client.MaxResponseContentBufferSize = IdentityAnswerMaxBytes)
            .AddReadRetries();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IHttpClientFactory>((jwt, clients) => jwt.Backchannel = clients.CreateClient(IdentityProvider));
    }

    /// <summary>
    /// A facilitator has no other role, whatever the identity provider says. A facilitator prepares, and neither votes
    /// nor sees personal data.
    /// </summary>
    private static Task KeepNeutral(ClaimsPrincipal? user)
    {
        foreach (var identity
            in user?.Identities.Where(static identity => identity.HasClaim(RoleClaim, Role.Facilitator)) ?? [])
        {
            foreach (var other
                in identity.FindAll(static claim => claim.Type == RoleClaim && claim.Value != Role.Facilitator)
                    .ToList())
            {
                identity.RemoveClaim(other);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Any one of these roles. An endpoint without this call or <c>AllowAnonymous</c> fails a test.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
            endpoint.RequireAuthorization(policy => policy.RequireRole(roles));

    /// <summary>The acting person, for the command, the message and the audit record.</summary>
    public static Actor ToActor(this ClaimsPrincipal user) => new(
        user.Identity?.Name ?? throw new InvalidOperationException("An endpoint that acts must require a role."),
        user.FindFirstValue(PartyClaim) ?? "");

    /// <summary>Where the gateway keeps the key pair of its local accounts.</summary>
    public static string KeyFolder(this IConfiguration configuration) =>
        Directory.CreateDirectory(Path.Combine(configuration.DataFolder(), "keys")).FullName;

    private static ECDsaSecurityKey PublicKey(IConfiguration configuration)
    {
        var path = configuration["auth:publicKey"] ?? Path.Combine(configuration.KeyFolder(), "token.pub.pem");
        var key = ECDsa.Create();
        key.ImportFromPem(PemAt(path));
        return new ECDsaSecurityKey(key);
    }

    /// <summary>A key is given as the path of a PEM file or, by a secret store, as the PEM text itself.</summary>
    public static string PemAt(string pathOrText) => IsPem(pathOrText) ? pathOrText : File.ReadAllText(pathOrText);

    internal static bool HasPem(string pathOrText) => IsPem(pathOrText) || File.Exists(pathOrText);

    private static bool IsPem(string text) => text.StartsWith("-----BEGIN", StringComparison.Ordinal);
}
