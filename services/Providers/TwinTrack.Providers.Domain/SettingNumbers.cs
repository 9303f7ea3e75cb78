using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>Reads numbers from a connection's settings and remembers the first setting outside its range.</summary>
public sealed class SettingNumbers(Connection connection)
{
    /// <summary>The refusal of the first setting that could not be read; null when all could.</summary>
    public Refusal? Refusal { get; private set; }

    /// <param name="standard">Where the setting is absent.</param>
    public double Read(string name, double standard, double min, double max)
    {
        if (connection[name] is not { } text)
        {
            return standard;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
        {
            return value;
        }

        Refusal ??= new Refusal("connection.setting_unreadable",
            Invariant($"Setting '{name}' must be a number from {min} to {max}. Correct it."));
        return standard;
    }

    public TimeSpan Seconds(string name, double standard, double min, double max) =>
        TimeSpan.FromSeconds(Read(name, standard, min, max));
}
