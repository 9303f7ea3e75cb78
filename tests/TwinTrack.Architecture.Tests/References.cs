using System.Xml.Linq;

namespace TwinTrack.Architecture.Tests;

public sealed class References
{
    public static TheoryData<string> Projects => [.. new[] { "services", "gateway" }
        .SelectMany(
        folder =>
            Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Append(Path.Combine(Repository.Root, "tests/TwinTrack.Providers.Sample/TwinTrack.Providers.Sample.csproj"))
        .Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_refers_only_to_what_the_law_allows(string path)
    {
        var csproj = XDocument.Load(Path.Combine(Repository.Root, path));

        ReferenceLaw.Breaches(Path.GetFileNameWithoutExtension(path), csproj).Should().BeEmpty();
    }

    // A law that never bites is a wish. Each line is a breach the test above must catch.
    [Theory]
    [InlineData("TwinTrack.Providers.Sample", "ProjectReference", "../x/TwinTrack.Contracts.csproj")]
    [InlineData("TwinTrack.Providers.Sample", "PackageReference", "Newtonsoft.Json")]
    [InlineData("TwinTrack.Payments.Domain", "PackageReference", "Microsoft.EntityFrameworkCore")]
    [InlineData("TwinTrack.Payments.Domain", "ProjectReference", "../x/TwinTrack.Contracts.csproj")]
    [InlineData("TwinTrack.Payments", "ProjectReference", "../x/TwinTrack.Routing.csproj")]
    [InlineData("TwinTrack.Payments", "ProjectReference", "../x/TwinTrack.Routing.Domain.csproj")]
    [InlineData("TwinTrack.Payments", "PackageReference", "AutoMapper")]
    [InlineData("TwinTrack.Contracts", "ProjectReference", "../x/TwinTrack.Kernel.csproj")]
    [InlineData("TwinTrack.Platform", "ProjectReference", "../x/TwinTrack.Contracts.csproj")]
    [InlineData("TwinTrack.Providers.Bank", "ProjectReference", "../x/TwinTrack.Providers.csproj")]
    [InlineData("TwinTrack.Simulators", "ProjectReference", "../x/TwinTrack.Providers.Bank.csproj")]
    [InlineData("TwinTrack.Gateway", "ProjectReference", "../x/TwinTrack.Payments.csproj")]
    [InlineData("TwinTrack.Cli", "ProjectReference", "../x/TwinTrack.Embedded.csproj")]
    [InlineData("TwinTrack.Running", "ProjectReference", "../x/TwinTrack.Embedded.csproj")]
    [InlineData("SomethingElse", "ProjectReference", "../x/TwinTrack.Kernel.csproj")]
    public void The_law_bites(string project, string element, string include)
    {
        var csproj =
            XDocument.Parse($"""<Project><ItemGroup><{element} Include="{include}" /></ItemGroup></Project>""");

        ReferenceLaw.Breaches(project, csproj).Should().ContainSingle();
    }
}
