using System.Globalization;

namespace TwinTrack.Proving.Bench;

/// <summary>
/// Processor time of processes and all their children, from Linux' /proc. Unlike speed, it does not depend on other
/// users of the machine. Zero where there is no /proc.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>Part of a second: 1 / USER_HZ, which is 100 on every Linux that .NET supports.</summary>
    private const double Tick = 0.01;

    /// <summary>Fields of /proc/pid/stat after the program's name, proc(5): state is the first.</summary>
    private const int Parent = 1;
    private const int User = 11;
    private const int System = 12;
    private const int ChildrenUser = 13;
    private const int ChildrenSystem = 14;

    /// <summary>Seconds so far, of this process and those that it started.</summary>
    public static double OfTree(int root)
    {
        var all = All().ToDictionary(one => one.Id);
        return all.Values.Where(one => IsBelow(one.Id, root, all)).Sum(one => one.Seconds);
    }

    private static bool IsBelow(int id, int root, Dictionary<int, (int Id, int Parent, double Seconds)> all)
    {
        for (var at = id; all.TryGetValue(at, out var one); at = one.Parent)
        {
            if (at == root)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<(int Id, int Parent, double Seconds)> All()
    {
        if (!Directory.Exists("/proc"))
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Stat(folder) is { } fields)
            {
                double At(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture) * Tick;
                yield return (id, int.Parse(fields[Parent], CultureInfo.InvariantCulture),
                    At(User) + At(System) + At(ChildrenUser) + At(ChildrenSystem));
            }
        }
    }

    /// <summary>Null when the process has ended meanwhile.</summary>
    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // The process ended after the listing.
            return null;
        }
    }
}
