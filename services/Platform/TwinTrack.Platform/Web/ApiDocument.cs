using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace TwinTrack.Platform.Web;

/// <summary>
/// The OpenAPI document of one service. Everything that follows from an endpoint's metadata is written here once:
/// names, roles, idempotency key, uploads, problems and examples. A feature writes only its summary and its answers.
/// </summary>
internal static class ApiDocument
{
    /// <summary>The name of the security scheme in every document.</summary>
    internal const string Bearer = "bearer";

    private const string Introduction =
        """
        Every unsafe request takes an `Idempotency-Key`, unless its operation says otherwise.
        The same request with the same key has one effect and one answer.
        Amounts are integers in minor units beside their currency. Instants are UTC.
        Lists are read page by page with `after` and `limit`.
        Refusals are problem documents (RFC 9457). Their `type` is `urn:twintrack:refusal:<code>`.
        A code never changes its meaning.
        """;

    public static void AddApiDocument(this IServiceCollection services, string service)
    {
        var names = new SchemaNames();
        services.AddOpenApi(service, document =>
        {
            document.ShouldInclude = endpoint => endpoint.GroupName == service;
            document.CreateSchemaReferenceId = names.Of;
            document.AddSchemaTransformer(SchemaFacts.ApplyAsync);
            document.AddOperationTransformer(new OperationFacts(service));
            document.AddDocumentTransformer((found, _, _) => CompleteAsync(found, service));
        });
    }

    private static Task CompleteAsync(OpenApiDocument document, string service)
    {
        document.Info = new OpenApiInfo { Title = $"TwinTrack {service}", Version = "1", Description = Introduction };
        // The paths are complete. The address is the one that served the document.
        document.Servers = [];
        document.AddComponent(Bearer, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description =
                "A token of POST /auth/token or of the identity provider. Its `role` claims say what the user may do.",
        });
        document.AddComponent(IdempotencyKey.Component, IdempotencyKey.Parameter());
        // Every problem refers to the schema below.
        document.Components?.Schemas?.Remove("ProblemDetails");
        document.AddComponent(ProblemAnswers.Schema, (IOpenApiSchema)ProblemAnswers.ProblemSchema());
        foreach (var answer in ProblemAnswers.All)
        {
            document.AddComponent(answer.Component, answer.Response(document));
        }

        return Task.CompletedTask;
    }
}
