using System.Security.Cryptography;
using System.Text;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>Accepts orders but hides it from the sender: the connection is cut, or a proxy answers 502.</summary>
internal static class BrokenAnswers
{
    public static void Use(WebApplication site, SimulatorOptions options) => site.Use(async (http, next) =>
    {
        if (options.BreakAnswers <= 0 || http.Request.Method != HttpMethods.Post
            || http.Request.Path.Value!.Contains("token", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
        var hash =
            Convert.ToHexString(
                SHA256.HashData(Encoding.UTF8.GetBytes(await reader.ReadToEndAsync(http.RequestAborted))));
        http.Request.Body.Position = 0;
        if (!SimulatedTreatment.IsBroken(options, hash))
        {
            await next(http);
            return;
        }

        var answer = http.Response.Body;
        using var swallowed = new MemoryStream();
        http.Response.Body = swallowed;
        await next(http);
        http.Response.Body = answer;
        if (hash[0] < '8')
        {
            http.Abort();
            return;
        }

        http.Response.Headers.Clear();
        http.Response.StatusCode = StatusCodes.Status502BadGateway;
    });
}
