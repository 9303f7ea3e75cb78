using System.Text.Json.Serialization;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Dapr;
using TwinTrack.Platform.Health;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Settings;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform;

/// <summary>The one place where modules, bus and web server are put together. Every executable calls it.</summary>
public static class TwinTrackHost
{
    /// <summary>JSON bodies of requests; uploads name their own limit.</summary>
    private const int BodyMaxBytes = 1024 * 1024;

    /// <summary>Runs the modules until the process is told to stop, or does the one thing that a first word asks:
    /// <see cref="ServiceCommands"/>, or <c>probe [address]</c>, which asks a running one whether it is ready and ends
    /// with 0 or 1.</summary>
    /// <param name="args">Command line; configuration keys as <c>--key value</c>.</param>
    /// <param name="arrows">Who sends what to whom: the contracts' topology.</param>
    /// <param name="modules">The services this process runs.</param>
    public static async Task RunAsync(string[] args, IEnumerable<(Type Message, string From, string[] To)> arrows,
        params IServiceModule[] modules)
    {
        if (args is ["probe", ..])
        {
            Environment.ExitCode = await SelfProbe.AskAsync(args.ElementAtOrDefault(1));
            return;
        }

        if (IsVerb(args))
        {
            var words = args.TakeWhile(word => !word.StartsWith('-')).ToArray();
            // What production demands of a process that serves, one that does not serve need not have.
            string[] quiet = ["--Logging:LogLevel:Default", "None", .. args[words.Length..], "--production", "false"];
            await using var still = Build(quiet, arrows, modules, static _ => { });
            await ServiceCommands.RunAsync(words[0], words.ElementAtOrDefault(1) ?? "", still);
            return;
        }

        var claims = new List<FolderClaim>();
        try
        {
            await using var app = Build(args, arrows, modules, static _ => { });
            claims.AddRange(modules.Where(module => app.Configuration.GetConnectionString(module.Name) is null)
                .Select(module => FolderClaim.Take(app.Configuration.DataFolder(), module.Name)));
            await app.RunAsync();
        }
        catch (FolderInUseException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            Environment.ExitCode = 2;
        }
        finally
        {
            claims.ForEach(claim => claim.Dispose());
        }
    }

    /// <summary>Whether the command line asks for one thing and the end.</summary>
    public static bool IsVerb(string[] args) => ServiceCommands.Has(args) || args is ["probe", ..];

    /// <param name="args">Command line; configuration keys as <c>--key value</c>.</param>
    /// <param name="arrows">Who sends what to whom: the contracts' topology.</param>
    /// <param name="modules">The services this process runs.</param>
    /// <param name="adjust">Last word on registrations; tests use it to swap the clock or plan a fault.</param>
    public static WebApplication Build(
        string[] args,
        IEnumerable<(Type Message, string From, string[] To)> arrows,
        IServiceModule[] modules,
        Action<IServiceCollection> adjust)
    {
        // Settings are read once. Watching their files watches the working folder, and wakes at every write to a
        // database that lies below it.
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.AddDapr();
        WordBinding.Check(modules.SelectMany(module => module.Words));
        SettingsCheck.Ensure(builder.Configuration, [.. modules.Select(module => module.Name)]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyMaxBytes;
        });
        // Statements and probes are for whoever asks for them by name in the configuration.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning);
        builder.AddLogFormat();
        builder.Services.AddHostedService<SettingsLog>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FaultAnswers>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new TypedIdJsonConverter());
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        builder.AddAccess();
        builder.AddTelemetry(modules.Length == 1 ? modules[0].Name : "embedded");
        builder.Services.AddSingleton(new MessageRoutes(arrows));
        builder.AddProbes();
        foreach (var module in modules)
        {
            builder.Services.AddSingleton(module);
            builder.Services.AddApiDocument(module.Name);
            module.AddServices(builder);
        }

        builder.AddBus(modules);
        adjust(builder.Services);
        var app = builder.Build();
        Messaging.Bus.LogWith(app.Services);
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseMiddleware<RequestSpan>();
        app.UseAuthorization();
        app.Use(BufferJson);
        foreach (var module in modules)
        {
            var group = app.MapGroup($"/{module.Name}").WithTags(module.Name).WithGroupName(module.Name);
            ((IEndpointConventionBuilder)group).Finally(endpoint => NameAfter(module, endpoint));
            module.MapEndpoints(group);
            module.MapRoot(app);
        }

        app.MapOpenApi().AllowAnonymous();
        app.MapProbes();
        return app;
    }

    /// <summary>Endpoint names must differ in the whole process; two services may both show a cycle.</summary>
    private static void NameAfter(IServiceModule module, EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<EndpointNameMetadata>().LastOrDefault() is { } name)
        {
            endpoint.Metadata.Remove(name);
            endpoint.Metadata.Add(new EndpointNameMetadata($"{module.Name}.{name.EndpointName}"));
        }
    }

    /// <summary>A body that cannot be read is the caller's fault; everything else that is thrown is ours.</summary>
    private static int StatusOf(Exception fault) =>
        fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    /// <summary>Lets the idempotency gate read a JSON body a second time.</summary>
    private static Task BufferJson(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method)
            && http.GetEndpoint()?.Metadata.GetMetadata<OwnTransaction>() is null)
        {
            http.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: BodyMaxBytes);
        }

        return next(http);
    }
}
