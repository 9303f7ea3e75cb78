using System.Diagnostics;
using TwinTrack.Running;

namespace TwinTrack.Proving.Systems;

/// <summary>
/// A service or the gateway as a process of its own. Settings with secrets go by the environment, which other accounts
/// cannot read.
/// </summary>
/// <param name="name">E.g. <c>payments-1</c>.</param>
/// <param name="program">The project's name.</param>
/// <param name="address">Where it listens, at every start.</param>
/// <param name="logFolder">Where its output goes.</param>
/// <param name="settings">Configuration, asked for at each start.</param>
internal sealed class ServiceProcess(string name, string program, Uri address, string logFolder,
    Func<IEnumerable<(string Key, string Value)>> settings)
    : NamedProcess(name, logFolder)
{
    public Uri Address => address;

    protected override Task<ProcessStartInfo> DescribeAsync(CancellationToken cancel) =>
        Task.FromResult(
            Describe(program, LogFolder, ["--urls", address.GetLeftPart(UriPartial.Authority)], settings()));

    protected override Task<bool> IsReadyAsync(CancellationToken cancel) =>
        ChildProgram.AnswersAsync(address, "/health", cancel);

    /// <summary>A program of this build with settings in its environment.</summary>
    public static ProcessStartInfo Describe(string program, string folder, IEnumerable<string> arguments,
        IEnumerable<(string Key, string Value)> settings)
    {
        var start = ChildProgram.Describe(program, folder, arguments);
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }
}
