using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// People who call the API. Each call has its own key, which stays the same when the call is repeated after a crash.
/// </summary>
internal sealed class Caller(TestHost host)
{
    private static readonly Dictionary<string, (string Party, string[] Roles)> People = new()
    {
        ["admin"] = ("government", [Role.Admin]),
        ["registrar"] = ("government", [Role.Registrar]),
        ["manager"] = ("government", [Role.ProgrammeManager]),
        ["approver1"] = ("government", [Role.Approver]),
        ["approver2"] = ("government", [Role.Approver]),
        ["finance"] = ("government", [Role.Finance]),
        ["operator"] = ("government", [Role.Operator]),
        ["cochair.gov"] = ("government", [Role.CoChair]),
        ["cochair.un"] = ("partner", [Role.CoChair]),
        ["reconciler"] = ("government", [Role.Reconciler]),
        ["auditor"] = ("government", [Role.Auditor]),
    };

    /// <param name="act">Tells an act from an earlier one with the same path.</param>
    public Task<JsonElement> PostAsync(string user, string path, object? body = null, int act = 1) =>
        SendAsync(user, HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), act);

    public Task<JsonElement> PutAsync(string user, string path, object body, int act = 1) =>
        SendAsync(user, HttpMethod.Put, path, JsonContent.Create(body), act);

    public Task<JsonElement> UploadAsync(string user, string path, byte[] content, string type = "text/csv") =>
        SendAsync(user, HttpMethod.Post, path,
            new ByteArrayContent(content) { Headers = { { "Content-Type", type } } });

    public Task<JsonElement> UploadAsync(string user, string path, string csv) =>
        UploadAsync(user, path, Encoding.UTF8.GetBytes(csv));

    public Task<JsonElement> GetAsync(string user, string path) => SendAsync(user, HttpMethod.Get, path, null);

    /// <summary>Asks until it holds. A refusal while waiting is not an answer yet.</summary>
    public async Task<JsonElement> UntilAsync(string user, string path, Func<JsonElement, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var last = "nothing";
        while (true)
        {
            try
            {
                var seen = await GetAsync(user, path);
                last = seen.ToString();
                if (holds(seen))
                {
                    return seen;
                }
            }
            catch (RefusedException refused) when (refused.Status is HttpStatusCode.NotFound)
            {
                last = refused.Message;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"GET {path} does not come to what is waited for; last: {last}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<JsonElement> SendAsync(
        string user, HttpMethod method, string path, HttpContent? content, int act = 1)
    {
        var (party, roles) = People[user];
        using var http = host.As(user, party, roles);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", Invariant($"{user} {path} {act}"));
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text)
            : throw new RefusedException(answer.StatusCode,
                Invariant($"{method} {path}: {(int)answer.StatusCode} {text}"));
    }
}

internal sealed class RefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status => status;
}
