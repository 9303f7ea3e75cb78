using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TwinTrack.Deployment.Tests.Tools;
using TwinTrack.Running;

namespace TwinTrack.Deployment.Tests.Compose;

public sealed partial class The_compose_file
{
    private static readonly string Path = Repository.PathOf("docker-compose.yml");
    private static readonly JsonObject File = Yaml.Documents(System.IO.File.ReadAllText(Path)).Single();

    private static IEnumerable<(string Name, JsonObject Service)> Services =>
        File["services"]!.AsObject().Select(pair => (pair.Key, pair.Value!.AsObject()));

    private static IEnumerable<(string Name, JsonObject Service)> Ours =>
        Services.Where(one => one.Service["build"] is not null);

    [Fact]
    public async Task Is_read_without_complaint_by_docker_compose()
    {
        var compose = CommandRun.Find("docker-compose")
            ?? throw Xunit.Sdk.SkipException.ForSkip(
                "docker-compose is not installed ('apt-get install docker-compose' on Debian).");
        var folder = Directory.CreateTempSubdirectory("twintrack-");
        try
        {
            var filled = System.IO.Path.Combine(folder.FullName, "env");
            await System.IO.File.WriteAllTextAsync(filled, Blank().Replace(Example(), "$1=filled"));

            (await CommandRun.RunAsync(compose, Repository.Root,
                ["--env-file", filled, "-f", Path, "config", "-q"])).Succeeded();
            // Without the secrets it must refuse, and say where they are described.
            var refused = await CommandRun.RunAsync(
                compose, Repository.Root, ["--env-file", Repository.PathOf(".env.example"), "-f", Path, "config",
                    "-q"]);
            refused.Code.Should().NotBe(0);
            refused.Errors.Should().Contain("see .env.example");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Holds_every_service_the_gateway_the_servers_the_steps_and_three_simulators() =>
        Services.Select(one => one.Name).Should().BeEquivalentTo(
            "postgres", "rabbitmq", "roles", "migrate", "enrolments", "entitlements", "payments", "routing",
            "providers", "reconciliation", "gateway", "bank", "mobile-money", "agency");

    [Fact]
    public void Publishes_nothing_but_the_gateway() =>
        Services.Where(one => one.Service["ports"] is not null || one.Service["network_mode"] is not null)
            .Select(one => one.Name).Should().Equal("gateway");

    [Fact]
    public void Lets_no_program_of_ours_write_to_its_root_or_have_a_right_too_many()
    {
        foreach (var (name, service) in Ours)
        {
            (service["read_only"]?.ToJsonString(), service["cap_drop"]?.ToJsonString(), (string?)service["user"],
                service["privileged"])
                .Should().Be(("true", "[\"ALL\"]", "1654:1654", null), name);
            service["security_opt"]!.ToJsonString().Should().Contain("no-new-privileges");
            service.List("volumes").Should().BeEmpty();
            service["volumes"]?.AsArray().Select(volume => (string)volume!).Should()
                .OnlyContain(volume => !volume.StartsWith('/') && !volume.StartsWith('.'),
                    "named volumes, not folders of the machine");
        }
    }

    [Fact]
    public void Waits_for_health_and_for_the_migration()
    {
        foreach (var (name, service) in Ours.Where(one => one.Service["healthcheck"] is not null))
        {
            service.At("depends_on.migrate.condition")!.ToString().Should().Be("service_completed_successfully", name);
            service.At("depends_on.postgres.condition")!.ToString().Should().Be("service_healthy", name);
        }

        Ours.Count(one => one.Service["healthcheck"] is not null).Should().Be(7, "six services and the gateway");
        Services.Where(
            one => one.Service["depends_on"] is JsonObject on && on.Any(other => File["services"]![other.Key] is null))
            .Should().BeEmpty();
        Services.Where(one => one.Service["depends_on"] is JsonObject on && on.Any(other =>
            (string?)other.Value!["condition"] == "service_healthy"
                && File["services"]![other.Key]!["healthcheck"] is null)).Should().BeEmpty();
    }

    [Fact]
    public void Builds_projects_that_exist() =>
        Ours.Select(one => (string)one.Service.At("build.args.PROJECT")!).Should().OnlyContain(project =>
            System.IO.File.Exists(Repository.PathOf(project, System.IO.Path.GetFileName(project) + ".csproj")));

    [Fact]
    public void Tells_each_service_only_its_own_database()
    {
        foreach (var (name, service) in Ours.Where(one => one.Service["healthcheck"] is not null))
        {
            var own = name == "gateway" ? "auth" : name;
            var known = service["environment"]!.AsObject()
                .Where(setting => setting.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).ToList();
            known.Select(setting => setting.Key).Should()
                .BeEquivalentTo(
                name == "gateway" ? ["ConnectionStrings__auth"]
                    : new[] { "ConnectionStrings__" + own, "ConnectionStrings__bus" });
            known.Single(setting => setting.Key.EndsWith("__" + own, StringComparison.Ordinal)).Value!.ToString()
                .Should().Contain($"Username={own};Search Path={own};");
        }
    }

    [Fact]
    public void Takes_every_secret_from_outside_and_names_each_in_the_example()
    {
        var wanted = Variable().Matches(System.IO.File.ReadAllText(Path)).Select(match => match.Groups[1].Value)
            .Distinct();
        var described = Blank().Matches(Example()).Select(match => match.Groups[1].Value)
            .Concat(["ADMIN_USER", "GATEWAY_AT"]);

        wanted.Should().BeEquivalentTo(described);
        Services.SelectMany(one => one.Service.Texts()).Where(text => SecretText().IsMatch(text)).Should().BeEmpty();
        // A rule that never bites is a wish.
        SecretText().IsMatch("Host=db;Password=hunter2").Should().BeTrue();
        SecretText().IsMatch("amqp://twintrack:secret@rabbitmq:5672/").Should().BeTrue();
    }

    private static string Example() => System.IO.File.ReadAllText(Repository.PathOf(".env.example"));

    [GeneratedRegex("^([A-Z_]+)=$", RegexOptions.Multiline)]
    private static partial Regex Blank();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?i)password=(?!\$\{)|://[^/@\s:]+:(?!\$\{)[^/@\s]+@")]
    private static partial Regex SecretText();
}
