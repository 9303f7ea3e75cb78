using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

public static class ReadOneStateEndpoints
{
    /// <summary>
    /// All queries of this endpoint see one state of the database. For answers whose figures must agree.
    /// </summary>
    public static RouteHandlerBuilder ReadsOneState<TDb>(this RouteHandlerBuilder endpoint)
        where TDb : ServiceDb => endpoint.AddEndpointFilter(static async (context, next) =>
        {
            var http = context.HttpContext;
            return await http.RequestServices.GetRequiredService<TDb>()
                .ReadOneStateAsync(async () => await next(context), http.RequestAborted);
        });
}
