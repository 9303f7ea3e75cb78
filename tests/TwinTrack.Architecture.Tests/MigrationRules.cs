using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>What a migration script keeps to.</summary>
internal static partial class MigrationRules
{
    private const string OfPlatform = "services/Platform/";

    /// <summary>Every script of the repository, by its path from the root.</summary>
    internal static IEnumerable<string> Scripts() =>
        from folder in new[] { "services", "gateway" }
        from file in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, folder), "*.sql", SearchOption.AllDirectories)
        where Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations"
        select Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    /// <summary>The statements of a service's script that change a table of Platform.</summary>
    internal static IEnumerable<string> Trespasses(string path, string script) =>
        path.StartsWith(OfPlatform, StringComparison.Ordinal) ? []
        : PlatformsTables().Matches(script).Select(statement => $"{path}: {statement.Value}");

    /// <summary>As <c>sha256sum</c> writes it, so that a person can compare.</summary>
    internal static string Line(string path, byte[] script) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(script))}  {path}";

    [GeneratedRegex(
        @"\b(table|index\s+\S+\s+on|index)\s+(if\s+(not\s+)?exists\s+)?""?"
            + @"(IX_)?(outbox|inbox|dead_letters|jobs|stored_answers|audit)(\b|(?<=IX_[a-z_]+)_)[^;]*",
        RegexOptions.IgnoreCase)]
    private static partial Regex PlatformsTables();
}
