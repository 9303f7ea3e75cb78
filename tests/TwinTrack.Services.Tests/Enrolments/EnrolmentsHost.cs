using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Enrolments;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Enrolments;

/// <summary>The service alone, with Niger's areas known, spoken to over HTTP.</summary>
internal sealed class EnrolmentsHost : IAsyncDisposable
{
    private EnrolmentsHost(TestHost host) => (Host, Registrar) =
        (host, host.As("rita", "government", Role.Registrar, Role.Auditor));

    internal TestHost Host { get; }

    internal HttpClient Registrar { get; }

    internal static async Task<EnrolmentsHost> StartAsync(
        string? data = null, Action<IServiceCollection>? adjust = null)
    {
        var host = new EnrolmentsHost(await TestHost.StartAsync(data, adjust, new EnrolmentsModule()));
        if (data is null)
        {
            (await host.AreasAsync(RegistryFile.Areas)).StatusCode.Should().Be(HttpStatusCode.OK);
        }

        return host;
    }

    internal async Task<HttpResponseMessage> AreasAsync(string csv)
    {
        using var admin = Host.As("ada", "government", Role.Admin);
        return await admin.PostAsync("/enrolments/areas", Csv(csv));
    }

    internal Task<HttpResponseMessage> UploadAsync(string csv) =>
        Registrar.PostAsync("/enrolments/imports?name=registry.csv", Csv(csv));

    internal async Task<string> UploadedAsync(string csv)
    {
        var response = await UploadAsync(csv);
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        return Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "id");
    }

    /// <summary>Uploads and waits until the import has ended, well or not.</summary>
    internal async Task<JsonElement> ImportedAsync(string csv) => await EndedAsync(await UploadedAsync(csv));

    internal Task<JsonElement> EndedAsync(string import) =>
        TestHost.Until(() => GetAsync($"/enrolments/imports/{import}"),
            import => Text(import, "state") is "Completed" or "Refused");

    internal async Task<List<(long Row, string Field, string Code)>> ErrorsAsync(JsonElement import)
    {
        var page = await GetAsync($"/enrolments/imports/{Text(import, "id")}/errors");
        return [.. page.GetProperty("items").EnumerateArray()
            .Select(error => (error.GetProperty("row").GetInt64(), Text(error, "field"), Text(error, "code")))];
    }

    /// <summary>Enrols everybody who meets the criteria and waits for the tally.</summary>
    internal async Task<JsonElement> EnrolledAsync(object criteria, string programme = "snsp")
    {
        var response = await Registrar.PostAsJsonAsync($"/enrolments/programmes/{programme}/enrolments", criteria);
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        var id = Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "id");
        return await TestHost.Until(() => GetAsync($"/enrolments/enrolments/{id}"),
            run => Text(run, "state") == "Completed");
    }

    internal Task<JsonElement> GetAsync(string path) => Registrar.GetFromJsonAsync<JsonElement>(path);

    internal static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    internal static async Task<string> ProblemAsync(HttpResponseMessage response) =>
        Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "title");

    public async ValueTask DisposeAsync()
    {
        Registrar.Dispose();
        await Host.DisposeAsync();
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");
}
