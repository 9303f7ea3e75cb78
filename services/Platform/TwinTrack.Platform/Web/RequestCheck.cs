using Microsoft.AspNetCore.Http;

namespace TwinTrack.Platform.Web;

/// <summary>
/// Answers every request that its endpoint cannot read, after the caller's roles are checked. The endpoint then sees
/// only values that it accepts: without this check the framework would read <c>state=99</c> as a word.
/// </summary>
internal sealed class RequestCheck(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (RequestFaults.OfAddress(http) is { } wrong)
        {
            await AnswerAsync(http, await BodyTooAsync(http) ?? wrong);
            return;
        }

        try
        {
            await next(http);
        }
        catch (BadHttpRequestException fault) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            await AnswerAsync(http, HostRefusals.OfStatus(fault.StatusCode)
                ?? await BodyTooAsync(http) ?? HostRefusals.Invalid("Its body breaks off or is malformed."));
        }
    }

    /// <summary>The faults of address and body together; null when the body cannot be received.</summary>
    private static async Task<HostRefusal?> BodyTooAsync(HttpContext http)
    {
        try
        {
            return await RequestFaults.OfAllAsync(http);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Task AnswerAsync(HttpContext http, HostRefusal refusal) => refusal.ToProblem().ExecuteAsync(http);
}
