using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

public static class RefusalResults
{
    /// <summary>
    /// RFC 9457 problem details: <c>type</c> contains the code, so that clients can branch on it and people can look it
    /// up.
    /// </summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => TypedResults.Problem(
        type: $"urn:twintrack:refusal:{refusal.Code}",
        title: refusal.Code,
        detail: refusal.Reason,
        statusCode: refusal.Kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Rule => StatusCodes.Status422UnprocessableEntity,
            _ => throw new UnreachableException(),
        });
}
