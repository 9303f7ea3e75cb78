using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// The allowed references between projects, as a table. The first row whose pattern fits a project's name applies to
/// it. A project without a row is a breach, so every new project must be added here.
/// </summary>
internal static class ReferenceLaw
{
    internal sealed record Row(string Project, string[] MayReferTo, string[] MayInstall);

    private const string AspNet = "framework:Microsoft.AspNetCore.App";

    internal static readonly Row[] Table =
    [
        new("TwinTrack.Kernel", [], ["libphonenumber-csharp"]),
        new("TwinTrack.Contracts", [], []),
        new("TwinTrack.Providers.Domain", ["TwinTrack.Kernel"], ["BouncyCastle.Cryptography"]),
        new("TwinTrack.*.Domain", ["TwinTrack.Kernel"], []),
        new("TwinTrack.Platform", ["TwinTrack.Kernel"],
            ["Dapr.AspNetCore", "Dapr.Client", "MassTransit*", "Microsoft.EntityFrameworkCore.*", "Npgsql.*",
                "OpenTelemetry.*", "Microsoft.OpenApi", "Microsoft.AspNetCore.OpenApi",
                "Microsoft.Extensions.Http.Resilience",
             "Microsoft.AspNetCore.Authentication.JwtBearer", "Microsoft.IdentityModel.Protocols.OpenIdConnect",
             AspNet]),

        // An adapter knows the socket and its protocol, nothing of the service around it. One that installs nothing
        // needs no row of its own.
        new("TwinTrack.Providers.MobileMoney", ["TwinTrack.Providers.Domain"],
            ["Polly.Core", "Polly.RateLimiting", "Refit"]),
        new("TwinTrack.Providers.Agency", ["TwinTrack.Providers.Domain", "TwinTrack.Providers.Exchange"],
            ["CsvHelper", "DocumentFormat.OpenXml", "ExcelDataReader", "System.Security.Cryptography.Pkcs"]),
        new("TwinTrack.Providers.Exchange", [], []),
        new("TwinTrack.Providers.*", ["TwinTrack.Providers.Domain", "TwinTrack.Providers.Exchange"], []),
        new("TwinTrack.Providers", ["TwinTrack.Providers.*", "TwinTrack.Contracts", "TwinTrack.Platform"], []),

        // The simulators are other people's systems: they share no code with what they test, but money's arithmetic.
        new("TwinTrack.Simulators", ["TwinTrack.Kernel"], ["CsvHelper", "Refit"]),
        new("TwinTrack.Gateway", ["TwinTrack.Contracts", "TwinTrack.Platform"],
            ["Scalar.AspNetCore", "Yarp.ReverseProxy"]),
        // The clients know the services by their OpenAPI documents only.
        new("TwinTrack.Clients", [], ["Refit"]),
        new("TwinTrack.Embedded", ["TwinTrack.*"], []),
        new("TwinTrack.Simulation", ["TwinTrack.Payments", "TwinTrack.Providers", "TwinTrack.Routing"], [AspNet]),
        // The command line knows a host by its API only.
        new("TwinTrack.Cli", ["TwinTrack.Clients", "TwinTrack.Kernel"], ["Spectre.Console", "System.CommandLine"]),
        new("TwinTrack.Running", [], ["Npgsql"]),
        new("TwinTrack.TestRuns", ["TwinTrack.Cli", "TwinTrack.Running"], ["System.CommandLine"]),
        new("TwinTrack.Proving",
            ["TwinTrack.Cli", "TwinTrack.Embedded", "TwinTrack.Running", "TwinTrack.Simulation",
                "TwinTrack.Simulators", "TwinTrack.TestRuns"], [AspNet]),
        new("TwinTrack.*", ["TwinTrack.{1}.Domain", "TwinTrack.Contracts", "TwinTrack.Platform"], ["CsvHelper"]),
    ];

    /// <summary>One sentence for each breach; empty when the project keeps the law.</summary>
    internal static IEnumerable<string> Breaches(string project, XDocument csproj)
    {
        var (row, service) = Find(project);
        if (row is null)
        {
            yield return $"{project} has no row in the reference law.";
            yield break;
        }

        foreach (var reference in Names(csproj, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path)!))
        {
            if (!row.MayReferTo.Any(
                allowed => Fits(allowed.Replace("{1}", service, StringComparison.Ordinal), reference)))
            {
                yield return $"{project} must not refer to {reference}.";
            }
        }

        var installed = Names(csproj, "PackageReference")
            .Concat(Names(csproj, "FrameworkReference").Select(name => $"framework:{name}"));
        foreach (var package in installed)
        {
            if (!row.MayInstall.Any(allowed => Fits(allowed, package)))
            {
                yield return $"{project} must not install {package}.";
            }
        }
    }

    private static (Row? Row, string Service) Find(string project)
    {
        foreach (var row in Table)
        {
            var match = Regex.Match(project, Pattern(row.Project));
            if (match.Success)
            {
                return (row, match.Groups.Count > 1 ? match.Groups[1].Value : "");
            }
        }

        return (null, "");
    }

    private static IEnumerable<string> Names(XDocument csproj, string element) =>
        csproj.Descendants(element).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));

    private static bool Fits(string pattern, string name) => Regex.IsMatch(name, Pattern(pattern));

    private static string Pattern(string glob) =>
        $"^{Regex.Escape(glob).Replace(@"\*", @"([A-Za-z.]+|\*)", StringComparison.Ordinal)}$";
}
