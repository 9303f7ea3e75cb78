using System.Globalization;
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

/// <summary>Builds every host from modules, bus and web server. Every executable calls it.</summary>
public static class TwinTrackHost
{
    /// <summary>JSON bodies of requests; uploads name their own limit.</summary>
    private const int BodyMaxBytes = 1024 * 1024;

    /// <summary>
    /// Runs the modules until the stop signal, or runs one command. The commands are <see cref="ServiceCommands"/> and
    /// <c>probe [address]</c>. The probe asks a running process whether it is ready and ends with 0 or 1.
    /// </summary>
    /// <param name="args">Command line; configuration keys as <c>--key value</c>.</param>
    /// <param name="arrows">Who sends what to whom: the contracts' topology.</param>
    /// <param name="modules">The services this process runs.</param>
    public static async Task RunAsync(string[] args, IEnumerable<(Type Message, string From, string[] To)> arrows,
        params IServiceModule[] modules)
    {
        UseInvariantCulture();
        if (args is ["probe", ..])
        {
            Environment.ExitCode = await SelfProbe.AskAsync(args.ElementAtOrDefault(1));
            return;
        }

        if (IsVerb(args))
        {
            var words = args.TakeWhile(word => !word.StartsWith('-')).ToArray();
            // A command does not serve requests, so it does not need the settings that production requires.
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

    /// <summary>
    /// A program's numbers and dates do not follow its machine's language. On a machine in Tehran a log line would
    /// have the year 1405. Text for people takes the reader's culture explicitly.
    /// </summary>
    public static void UseInvariantCulture() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

    /// <summary>Whether the command line is a single command.</summary>
    public static bool IsVerb(string[] args) => ServiceCommands.Has(args) || args is ["probe", ..];

    /// <param name="args">Command line; configuration keys as <c>--key value</c>.</param>
    /// <param name="arrows">Who sends what to whom: the contracts' topology.</param>
    /// <param name="modules">The services this process runs.</param>
    /// <param name="adjust">
    /// Changes registrations at the end. Tests use it to replace the clock or plan a fault.
    /// </param>
    public static WebApplication Build(
        string[] args,
        IEnumerable<(Type Message, string From, string[] To)> arrows,
        IServiceModule[] modules,
        Action<IServiceCollection> adjust)
    {
        // Settings are read once. A file watcher would watch the working folder and wake at every database write below
        // it.
        var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        builder.AddDapr();
        WordBinding.Check(modules.SelectMany(module => module.Words));
        SettingsCheck.Ensure(builder.Configuration, [.. modules.Select(module => module.Name)]);
        AddWeb(builder);
        // Logs of SQL statements and probes are off unless the configuration names them.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning);
        builder.AddLogFormat();
        builder.Services.AddHostedService<SettingsLog>();
        builder.Services.TryAddSingleton(TimeProvider.System);
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
        app.UseMiddleware<RequestCheck>();
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

    /// <summary>The web server's limits, the form of its JSON bodies, and its answers to faults.</summary>
    private static void AddWeb(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyMaxBytes;
        });
        builder.Services.AddProblemDetails(
            static problems => problems.CustomizeProblemDetails = ProblemAnswers.Complete);
        builder.Services.AddExceptionHandler<FaultAnswers>();
        builder.Services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => RequestJson.Of(json.SerializerOptions));
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

    /// <summary>An unreadable body is the caller's fault. Every other exception is ours.</summary>
    private static int StatusOf(Exception fault) =>
        fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    /// <summary>
    /// Lets the idempotency gate, and the search for a fault, read a JSON body a second time. A body that may hold a
    /// secret stays in memory.
    /// </summary>
    private static Task BufferJson(HttpContext http, RequestDelegate next)
    {
        var own = http.GetEndpoint()?.Metadata.GetMetadata<OwnTransaction>() is not null;
        if (!HttpMethods.IsGet(http.Request.Method) && (!own || RequestShape.Of(http.GetEndpoint()).Body is not null))
        {
            http.Request.EnableBuffering(bufferThreshold: own ? BodyMaxBytes : 64 * 1024, bufferLimit: BodyMaxBytes);
        }

        return next(http);
    }
}
