using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
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
            _ when exception.IsRace() => HostRefusals.Race.ToDetails(),
            _ when exception.IsOutage() => HostRefusals.Outage.ToDetails(),
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

    [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "Answered {Problem} on {Route}: {Kind}")]
    private static partial void LogAnswered(ILogger logger, string problem, string route, string kind);
}
