using System.Globalization;
using System.Net;
using Npgsql;
using TwinTrack.Kernel;

namespace TwinTrack.Platform.Settings;

/// <summary>What a value must look like.</summary>
internal enum SettingKind
{
    Text,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A number between the setting's bounds.</summary>
    Number,

    /// <summary>One of the setting's words, or several with commas between.</summary>
    Words,

    /// <summary>One or more http or https addresses, with commas or semicolons between.</summary>
    Addresses,

    /// <summary>The same, or dapr://app-id.</summary>
    Services,

    /// <summary>A PostgreSQL connection string that names a host.</summary>
    Postgres,

    /// <summary>amqp:// or amqps://, with a host.</summary>
    Broker,

    /// <summary>Base64 of 32 bytes.</summary>
    Key,

    /// <summary>CIDR blocks with commas between.</summary>
    Networks,

    /// <summary>ISO 3166-1 alpha-2.</summary>
    Country,
}

/// <summary>One setting of this system: its allowed values, and whether it may be shown.</summary>
/// <param name="Key">As in the configuration; a last part <c>*</c> stands for any one name.</param>
/// <param name="Secret">Never shown in a log or an error.</param>
internal sealed record Setting(string Key, SettingKind Kind, bool Secret = false, double Min = 0,
    double Max = double.MaxValue, params string[] Choices)
{
    private const string Hidden = "***";
    private const int KeyBytes = 32;
    private static readonly char[] Between = [',', ';'];

    public bool IsAbout(string key) => Key.EndsWith(":*", StringComparison.Ordinal)
        ? key.StartsWith(Key[..^1], StringComparison.OrdinalIgnoreCase) && !key.AsSpan(Key.Length - 1).Contains(':')
        : key.Equals(Key, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Null when the value is valid, else what it must be. It never repeats the value, because a secret may be in the
    /// wrong place.
    /// </summary>
    public string? Wrong(string value) => Kind switch
    {
        SettingKind.Flag => bool.TryParse(value, out _) ? null : "must be true or false",
        SettingKind.Number =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= Min
                && number <= Max
            ? null
            : Invariant($"must be a number from {Min} to {Max}"),
        SettingKind.Words => Parts(value).All(Choices.Contains) ? null : $"knows only: {string.Join(", ", Choices)}",
        SettingKind.Addresses => Parts(value) is { Length: > 0 } parts && parts.All(IsAddress)
            ? null : "must be http:// or https:// addresses",
        SettingKind.Services =>
            Parts(value) is { Length: > 0 } parts
                && parts.All(part => IsAddress(part) || part.StartsWith("dapr://", StringComparison.Ordinal))
                ? null : "must be http:// or https:// addresses, or dapr://app-id",
        SettingKind.Postgres => Postgres(value) is { Host.Length: > 0 }
            ? null : "must be a PostgreSQL connection string with a Host; without it the service uses SQLite",
        SettingKind.Broker =>
            Uri.TryCreate(value, UriKind.Absolute, out var broker)
                && broker.Scheme is "amqp" or "amqps" or "rabbitmq" or "rabbitmqs" && broker.Host.Length > 0
            ? null
            : "must be an address such as amqp://user:password@host:5672/",
        SettingKind.Networks => Parts(value).All(part => IPNetwork.TryParse(part, out _))
            ? null : "must be CIDR blocks with commas between, such as 10.0.0.0/8",
        SettingKind.Country => PhoneNumber.IsCountry(value)
            ? null : "must be a country of ISO 3166-1 in two capitals, such as NE",
        SettingKind.Key => IsKey(value) ? null : $"must be base64 of {KeyBytes} bytes",
        _ => value.Trim().Length > 0 ? null : "must not be empty",
    };

    /// <summary>The value as it may be shown.</summary>
    public string Shown(string value) => Secret ? Hidden : Kind switch
    {
        SettingKind.Postgres => Masked(value),
        SettingKind.Broker or SettingKind.Addresses or SettingKind.Services =>
            string.Join(',', Parts(value).Select(WithoutUser)),
        _ => value,
    };

    private static string[] Parts(string value) =>
        value.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Kestrel also takes <c>http://*:80</c> and <c>http://+:80</c>, which are no URIs.</summary>
    private static bool IsAddress(string text) =>
        Uri.TryCreate(
            text.Replace("://*", "://any", StringComparison.Ordinal)
                .Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https";

    private static bool IsKey(string value)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 1];
        return Convert.TryFromBase64String(value, bytes, out var length) && length == KeyBytes;
    }

    private static NpgsqlConnectionStringBuilder? Postgres(string value)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(value);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Masked(string value)
    {
        if (Postgres(value) is not { } connection)
        {
            return Hidden;
        }

        foreach (var secret in new[] { "Password", "SSL Password" })
        {
            if (connection.TryGetValue(secret, out var given) && given is string { Length: > 0 })
            {
                connection[secret] = Hidden;
            }
        }

        return connection.ConnectionString;
    }

    private static string WithoutUser(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? $"{uri.Scheme}://{uri.UserInfo.Split(':')[0]}:{Hidden}@{uri.Authority}{uri.AbsolutePath}"
            : text;
}
