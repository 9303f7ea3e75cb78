using System.Reflection;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class Refusals_of_every_domain
{
    private static readonly List<Refusal> All =
    [
        .. Domains.All.SelectMany(domain => domain.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Refusal))
            .Select(field => (Refusal)field.GetValue(null)!),
    ];

    [Fact]
    public void Are_read_from_six_domains_at_least() => Domains.All.Should().HaveCountGreaterThanOrEqualTo(6);

    [Fact]
    public void Say_in_whole_sentences_why() =>
        All.Should().AllSatisfy(refusal => refusal.Reason.Should().MatchRegex(@"^[A-Z].*\.$").And.NotContain("  "));

    [Fact]
    public void Have_dotted_codes()
    {
        All.Should().HaveCountGreaterThan(50);
        All.Should().AllSatisfy(refusal => refusal.Code.Should().MatchRegex(@"^[a-z_]+(\.[a-z0-9_]+)+$"));
    }
}
