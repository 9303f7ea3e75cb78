using Dapr;
using Dapr.Client;
using Grpc.Core;
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
    /// <summary>Configuration sources load synchronously. At start no other work is blocked by this.</summary>
    public override void Load() => LoadAsync().GetAwaiter().GetResult();

    private async Task LoadAsync()
    {
        var builder = new DaprClientBuilder();
        sidecar.Configure(builder);
        using var client = builder.Build();
        using var limit = new CancellationTokenSource(stored.Wait, TimeProvider.System);
        await UntilHealthyAsync(client, limit.Token);
        if (stored.Names.Length == 0)
        {
            var all = await ReadAsync(
                "all secrets", () => client.GetBulkSecretAsync(stored.Store, cancellationToken: limit.Token));
            foreach (var secret in all.Values)
            {
                Take(secret);
            }
        }

        foreach (var name in stored.Names)
        {
            var what = $"secret '{name}'";
            var secret = await ReadAsync(
                what, () => client.GetSecretAsync(stored.Store, name, cancellationToken: limit.Token));
            Take(secret.Count > 0 ? secret : throw Refused(what, "it is not there"));
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
    private async Task UntilHealthyAsync(DaprClient client, CancellationToken limit)
    {
        while (true)
        {
            try
            {
                await client.WaitForSidecarAsync(limit);
                return;
            }
            catch (OperationCanceledException) when (!limit.IsCancellationRequested)
            {
                // One answer took too long. The sidecar is asked again.
            }
            catch (OperationCanceledException)
            {
                throw new InvalidOperationException(
                    Invariant(
                        $"The Dapr sidecar at {sidecar.Address} was not healthy within {stored.Wait.TotalSeconds:0} s,")
                        + $" so the settings in the secret store '{stored.Store}' cannot be read.");
            }
        }
    }

    /// <summary>No error text of the store is passed on, because it may hold the secret.</summary>
    private async Task<Dictionary<string, T>> ReadAsync<T>(string what, Func<Task<Dictionary<string, T>>> read)
    {
        try
        {
            return await read();
        }
        catch (DaprException fault) when (fault.InnerException is RpcException answer)
        {
            throw Refused(what, answer.StatusCode switch
            {
                StatusCode.InvalidArgument or StatusCode.FailedPrecondition =>
                    "the store is not there, or is misconfigured",
                StatusCode.Unauthenticated => "the sidecar wants another DAPR_API_TOKEN",
                StatusCode.PermissionDenied => "this application may not read it",
                StatusCode.Unavailable => "nothing answers at DAPR_GRPC_PORT",
                var other => $"the sidecar answered {other}",
            });
        }
        catch (OperationCanceledException)
        {
            throw Refused(what, Invariant($"no answer within {stored.Wait.TotalSeconds:0} s"));
        }
    }

    private InvalidOperationException Refused(string what, string why) =>
        new($"The secret store '{stored.Store}' did not give {what}: {why}.");
}
