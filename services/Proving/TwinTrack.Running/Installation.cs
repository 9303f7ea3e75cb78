namespace TwinTrack.Running;

/// <summary>
/// Where the programs and the sources lie. The build puts every program beside this one, under a folder of its own
/// name.
/// </summary>
internal static class Installation
{
    /// <summary>The assembly of another program of this build, e.g. <c>TwinTrack.Embedded</c>.</summary>
    public static string Program(string name)
    {
        // artifacts/bin/<project>/<configuration>/
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(here.Parent!.Parent!.FullName, name, here.Name, name + ".dll");
        return File.Exists(path) ? path
            : throw new CannotRunException($"{name} is not built: {path} is absent. Run ./twintrack, which builds it.");
    }

    /// <summary>The folder of the clone: the one that holds the solution.</summary>
    public static string Sources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TwinTrack.sln")))
            {
                return folder.FullName;
            }
        }

        throw new CannotRunException("This command works on a clone of the repository, and none is around this "
            + "program.");
    }
}
