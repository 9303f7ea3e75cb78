using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TwinTrack.Platform.Dapr;

/// <summary>
/// The settings that come from a secret store. A secret's keys are names of settings. They have <c>--</c> or <c>__</c>
/// in place of a colon (<c>ConnectionStrings--payments</c>), because few stores allow colons.
/// </summary>
/// <param name="Store"><c>dapr:secrets:store</c>: the component's name.</param>
/// <param name="Names">
/// <c>dapr:secrets:names</c>, separated by commas: the secrets to read. Empty: all that the store lets this application
/// see, in one call.
/// </param>
/// <param name="Required">
/// <c>dapr:secrets:required</c>, separated by commas: settings without which the process does not start.
/// </param>
/// <param name="Wait">
/// <c>dapr:secrets:waitSeconds</c>, 1 to 600, default 60: how long the sidecar may take to come up.
/// </param>
internal sealed record StoredSettings(string Store, string[] Names, string[] Required, TimeSpan Wait)
{
    private const int WaitDefault = 60;
    private const int WaitMax = 600;

    internal static StoredSettings? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("dapr:secrets");
        return section["store"] is { Length: > 0 } store
            ? new(store, List(section["names"]), List(section["required"]),
                TimeSpan.FromSeconds(Math.Clamp(section.GetValue("waitSeconds", WaitDefault), 1, WaitMax)))
            : null;
    }

    /// <exception cref="InvalidOperationException">
    /// A required setting is missing. The text names all missing settings.
    /// </exception>
    internal void Check(IConfiguration configuration)
    {
        var missing = Required.Where(key => string.IsNullOrEmpty(configuration[key])).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException(
                $"Missing: {string.Join(", ", missing)}. Neither the secret store '{Store}' "
                    + $"({(Names.Length > 0 ? string.Join(", ", Names) : "all secrets")}) nor another source of "
                    + $"settings has it; "
                + $"in the store it is the key {missing[0].Replace(":", "--", StringComparison.Ordinal)}.");
        }
    }

    private static string[] List(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class StoredSettingsSource : IConfigurationSource
{
    public Sidecar Sidecar { get; set; } = null!;

    public StoredSettings Stored { get; set; } = null!;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new StoredSettingsProvider(Sidecar, Stored);
}

/// <summary>
/// Read once, when the process starts. Like every setting, a changed secret takes effect at a restart.
/// </summary>
internal sealed class StoredSettingsProvider(Sidecar sidecar, StoredSettings stored) : ConfigurationProvider
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Configuration sources load synchronously. At start no other work is blocked by this.</summary>
    public override void Load() => LoadAsync().GetAwaiter().GetResult();

    private async Task LoadAsync()
    {
        using var limit = new CancellationTokenSource(stored.Wait, TimeProvider.System);
        await UntilWellAsync(limit.Token);
        if (stored.Names.Length == 0)
        {
            foreach (var (_, secret) in await ReadAsync<Dictionary<string, Dictionary<string, string>>>(
                "bulk", "all secrets", limit.Token))
            {
                Take(secret);
            }
        }

        foreach (var name in stored.Names)
        {
            Take(await ReadAsync<Dictionary<string, string>>(
                Uri.EscapeDataString(name), $"secret '{name}'", limit.Token));
        }
    }

    private void Take(Dictionary<string, string> secret)
    {
        foreach (var (key, value) in secret)
        {
            Set(key.Replace("--", ":", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal), value);
        }
    }

    /// <summary>Sidecar and process start together, in any order.</summary>
    private async Task UntilWellAsync(CancellationToken limit)
    {
        var why = "not healthy";
        while (true)
        {
            try
            {
                if (await sidecar.IsWellAsync(limit))
                {
                    return;
                }
            }
            catch (HttpRequestException fault)
            {
                why = fault.HttpRequestError.ToString();
            }
            catch (OperationCanceledException)
            {
                why = "no answer";
            }

            try
            {
                await Task.Delay(Pause, TimeProvider.System, limit);
            }
            catch (OperationCanceledException)
            {
                throw new InvalidOperationException(
                    Invariant(
                        $"The Dapr sidecar at {sidecar.Address} did not come up within {stored.Wait.TotalSeconds:0} s ")
                        + $"({why}), so the settings in the secret store '{stored.Store}' cannot be read.");
            }
        }
    }

    private async Task<T> ReadAsync<T>(string path, string what, CancellationToken limit)
    {
        using var answer = await sidecar.Http.GetAsync(
            new Uri($"v1.0/secrets/{Uri.EscapeDataString(stored.Store)}/{path}", UriKind.Relative), limit);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            // No fault's text may contain the body, because it holds the secret.
            await using var body = await answer.Content.ReadAsStreamAsync(limit);
            try
            {
                return await JsonSerializer.DeserializeAsync<T>(body, cancellationToken: limit)
                    ?? throw Refused("it is empty");
            }
            catch (JsonException)
            {
                throw Refused("its answer cannot be read");
            }
        }

        throw Refused(answer.StatusCode switch
        {
            HttpStatusCode.NoContent or HttpStatusCode.NotFound => "it is not there",
            HttpStatusCode.BadRequest => "the store is not there, or is misconfigured",
            HttpStatusCode.Unauthorized => "the sidecar wants another DAPR_API_TOKEN",
            HttpStatusCode.Forbidden => "this application may not read it",
            var other => Invariant($"the sidecar answered {(int)other}"),
        });

        InvalidOperationException Refused(string why) =>
            new($"The secret store '{stored.Store}' did not give {what}: {why}.");
    }
}
