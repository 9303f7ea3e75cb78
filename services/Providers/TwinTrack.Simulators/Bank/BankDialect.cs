using System.Globalization;

namespace TwinTrack.Simulators.Bank;

/// <summary>Which versions of the messages a bank writes.</summary>
internal sealed record BankDialect(string Status, string Resolution, string Statement, string Notification)
{
    private static readonly Dictionary<string, BankDialect> Known = new()
    {
        ["old"] = new("pain.002.001.03", "camt.029.001.09", "camt.053.001.02", "camt.054.001.02"),
        ["current"] = new("pain.002.001.10", "camt.029.001.09", "camt.053.001.08", "camt.054.001.08"),
        ["new"] = new("pain.002.001.12", "camt.029.001.13", "camt.053.001.12", "camt.054.001.12"),
    };

    /// <exception cref="ArgumentException">There is no such dialect.</exception>
    internal static BankDialect Of(string name) =>
        Known.TryGetValue(name, out var dialect)
            ? dialect : throw new ArgumentException("--dialect takes old, current or new.");

    internal static int VersionOf(string message) =>
        int.Parse(message.AsSpan(message.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
}
