using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>
/// Answers faults that a caller can retry: 503 while the database is unreachable, 409 after a lost race. The same
/// request with the same key may be sent again after <c>Retry-After</c>. Every other fault is ours and stays a 500.
/// </summary>
internal sealed partial class FaultAnswers(IProblemDetailsService problems, ILogger<FaultAnswers> logger)
    : IExceptionHandler
{
    /// <summary>
    /// Seconds. A killed PostgreSQL is back in about one second. A failover takes longer.
    /// </summary>
    private const int OutageRetrySeconds = 3;

    private const int RaceRetrySeconds = 1;

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            _ when exception.IsRace() => Race(),
            _ when exception.IsOutage() => new ProblemDetails
            {
                Type = "urn:twintrack:fault:database.unavailable",
                Title = "database.unavailable",
                Detail = "The database cannot be reached now. Nothing was done by halves; send the same request "
                    + "again, with the same key.",
                Status = StatusCodes.Status503ServiceUnavailable,
            },
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        LogAnswered(logger, problem.Title!, (httpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "",
            exception.Kind());
        httpContext.Response.StatusCode = problem.Status!.Value;
        httpContext.Response.Headers.RetryAfter =
            problem.Status == StatusCodes.Status503ServiceUnavailable ? $"{OutageRetrySeconds}" : $"{RaceRetrySeconds}";
        return await problems.TryWriteAsync(
            new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails Race() => new()
    {
        Type = "urn:twintrack:fault:request.race",
        Title = "request.race",
        Detail = "Somebody else changed the same things at the same time. Nothing was done; send the same request "
            + "again, with the same key.",
        Status = StatusCodes.Status409Conflict,
    };

    [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "Answered {Problem} on {Route}: {Kind}")]
    private static partial void LogAnswered(ILogger logger, string problem, string route, string kind);
}
