using System.Reflection;
using System.Text.RegularExpressions;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// One step of a schema: a SQL file that is embedded in an assembly as <c>{number}_{name}.{engine}.sql</c>. A database
/// notes the id of each file that was applied to it.
/// </summary>
/// <param name="Id">What the database notes.</param>
/// <param name="NotedBefore">The id under which an older build noted the same step, if it did.</param>
internal sealed partial record MigrationScript(string Id, string? NotedBefore, Assembly Assembly, string Resource)
{
    /// <summary>
    /// Keeps the ids of Platform apart from those of a service, which number their files independently.
    /// </summary>
    private const string PlatformPrefix = "platform.";

    /// <summary>
    /// Older builds had these steps in the scripts of each service, with the same numbers and names. A database that
    /// noted one of them has Platform's part of it.
    /// </summary>
    private static readonly string[] OnceInEachService =
        ["0001_initial", "0002_messages", "0003_trace_context", "0004_room_to_update"];

    /// <summary>All steps of a service's database, in order: first those of Platform, then its own.</summary>
    public static IEnumerable<MigrationScript> Of(ServiceDb db)
    {
        var engine = db.IsSqlite() ? "sqlite" : "postgres";
        var platform = Files(typeof(MigrationScript).Assembly, engine).Select(file => file with
        {
            Id = PlatformPrefix + file.Id,
            NotedBefore = OnceInEachService.Contains(file.Id) ? file.Id : null,
        });
        return platform.Concat(Files(db.GetType().Assembly, engine));
    }

    public bool IsIn(IReadOnlySet<string> noted) =>
        noted.Contains(Id) || (NotedBefore is not null && noted.Contains(NotedBefore));

    public string Read()
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }

    private static IEnumerable<MigrationScript> Files(Assembly assembly, string engine) =>
        from resource in assembly.GetManifestResourceNames()
        let name = FileName().Match(resource)
        where name.Success && name.Groups["engine"].Value == engine
        orderby name.Groups["id"].Value
        select new MigrationScript(name.Groups["id"].Value, null, assembly, resource);

    [GeneratedRegex(@"(?<id>[0-9]{4}_[a-z_]+)\.(?<engine>sqlite|postgres)\.sql$")]
    private static partial Regex FileName();
}
