using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Documents;

/// <summary>docs/using/api: the OpenAPI document of each service, as a host of this build serves it.</summary>
internal static class ApiDocuments
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonObject document) => document.ToJsonString(Readable) + "\n";

    public static async Task<List<(string Module, JsonObject Document)>> MakeAsync(CancellationToken cancel)
    {
        var work = Directory.CreateTempSubdirectory("twintrack-docs-");
        try
        {
            await using var host = new EmbeddedHost(
                Path.Combine(work.FullName, "data"), FreePort.Next(), work.FullName);
            await host.StartAsync(cancel);
            using var http = new HttpClient { BaseAddress = host.Address };
            var documents = new List<(string, JsonObject)>();
            foreach (var module in ServiceNames.All.Order(StringComparer.Ordinal))
            {
                var document =
                    JsonNode.Parse(
                        await http.GetStringAsync(
                            new Uri($"/openapi/{module}.json", UriKind.Relative), cancel))!.AsObject();
                documents.Add((module, document));
            }

            return documents;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
