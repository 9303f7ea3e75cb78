using Microsoft.Extensions.Configuration;
using TwinTrack.Platform.Security;

namespace TwinTrack.Platform.Settings;

/// <summary>
/// Checks the whole configuration before anything starts, and reports all faults at once, each by its key. Without this
/// check, a wrong setting would fail later and elsewhere.
/// </summary>
internal static class SettingsCheck
{
    private const string Gateway = "auth";

    /// <summary>Services that open or seal data under a key.</summary>
    private static readonly (string Service, string Key)[] SealingKeys =
        [("enrolments", "payee"), ("providers", "payee"), ("providers", "connections"), ("payments", "subscribers")];

    /// <exception cref="InvalidOperationException">
    /// Names each faulty key and what its value must be, never the value.
    /// </exception>
    internal static void Ensure(IConfiguration configuration, IReadOnlyList<string> services)
    {
        var problems = Problems(configuration, services).ToList();
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(
                $"The configuration cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
        }
    }

    /// <summary>The configured settings, key by key, with secrets masked.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Shown(IConfiguration configuration) =>
        Given(configuration).OrderBy(given => given.Key, StringComparer.Ordinal)
            .Select(given => KeyValuePair.Create(given.Key, given.Setting.Shown(given.Value)));

    internal static IEnumerable<string> Problems(IConfiguration configuration, IReadOnlyList<string> services)
    {
        foreach (var (key, value, setting) in Given(configuration))
        {
            if (setting.Wrong(value) is { } wrong)
            {
                yield return $"{key}: {wrong}.";
            }
        }

        if (bool.TryParse(configuration[SettingsTable.Production], out var production) && production)
        {
            foreach (var problem in InProduction(configuration, services))
            {
                yield return $"{problem} (since {SettingsTable.Production} is true).";
            }
        }
    }

    private static IEnumerable<string> InProduction(IConfiguration configuration, IReadOnlyList<string> services)
    {
        if (configuration["auth:demoUsers"] is { } demo && !demo.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            yield return "auth:demoUsers: must be false or absent, since everybody knows the demo's password";
        }

        if (configuration["keys:create"] is not { } create
            || !create.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            yield return "keys:create: must be false, since a key that was made up on the spot opens nothing that "
                + "others sealed";
        }

        foreach (var (_, key) in SealingKeys.Where(need => services.Contains(need.Service))
            .DistinctBy(need => need.Key))
        {
            if (configuration[$"keys:{key}"] is null
                && !File.Exists(Path.Combine(configuration.KeyFolder(), $"{key}.key")))
            {
                yield return $"keys:{key}: is required, here or as the file keys/{key}.key of the data folder";
            }
        }

        foreach (var service in services.Where(service => configuration.GetConnectionString(service) is null))
        {
            yield return $"ConnectionStrings:{service}: is required, since SQLite is for one process on one machine";
        }

        if (services is [var only] && only != Gateway && configuration.GetConnectionString("bus") is null)
        {
            yield return "ConnectionStrings:bus: is required, since a service by itself reaches nobody over a bus in "
                + "memory";
        }

        if (services.Contains(Gateway) && configuration["auth:authority"] is null
            && !Access.HasPem(configuration["auth:privateKey"] ?? Path.Combine(configuration.KeyFolder(), "token.pem")))
        {
            yield return "auth:privateKey: must be a file that is there, or the key itself, since two copies that "
                + "each make a key up refuse each other's tokens; or auth:authority must be given";
        }

        var known = configuration["auth:authority"] is not null
            || Access.HasPem(
                configuration["auth:publicKey"] ?? Path.Combine(configuration.KeyFolder(), "token.pub.pem"));
        if (!services.Contains(Gateway) && !known)
        {
            yield return "auth:publicKey: must be a file that is there, or the key itself, or auth:authority must be "
                + "given";
        }
    }

    private static IEnumerable<(string Key, string Value, Setting Setting)> Given(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is not null && SettingsTable.All.FirstOrDefault(setting => setting.IsAbout(key)) is { } setting)
            {
                yield return (key, value, setting);
            }
        }
    }
}
