using System.Reflection;
using TwinTrack.Contracts;
using TwinTrack.Contracts.Words;
using TwinTrack.Embedded;
using TwinTrack.Platform;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// The words that cross services: each stands once, in Contracts/Words, and every service has the same.
/// </summary>
public sealed class The_words
{
    private static readonly Type[] Unbound =
    [
        // Constants that are used as they are, by both sides: there is no enum that could differ.
        typeof(Contracts.Words.Services), typeof(Contracts.Words.Tracks), typeof(Contracts.Words.ReportCodes),
        // Codes among others: what is not listed is a code too.
        typeof(Contracts.Words.AbilityRefusals),
    ];

    private static IEnumerable<Type> Classes() => typeof(Topology).Assembly.GetTypes()
        .Where(type => type.Namespace == "TwinTrack.Contracts.Words");

    private static IEnumerable<string> Words(Type words) => words
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!);

    [Fact]
    public void Are_the_same_on_both_sides_of_every_message() =>
        AllModules.InReadingOrder().SelectMany(module => module.Words).SelectMany(binding => binding.Differences())
            .Should().BeEmpty();

    /// <summary>A domain may not refer to the contracts, so its constants are compared here.</summary>
    [Theory]
    [InlineData(typeof(Providers.Domain.PayeeField), typeof(Contracts.Words.DisclosedFields))]
    [InlineData(typeof(Providers.Domain.PayeeInstrument), typeof(Contracts.Words.Instruments))]
    [InlineData(typeof(Enrolments.Domain.Instrument), typeof(Contracts.Words.Instruments))]
    public void Are_the_constants_of_a_domain_too(Type own, Type wire) =>
        Words(own).Should().BeEquivalentTo(Words(wire));

    [Fact]
    public void Are_the_numbers_of_the_tracks_too() =>
        (Kernel.Track.Government, Kernel.Track.Aligned).Should().Be((Tracks.Government, Tracks.Aligned));

    /// <summary>A role of partners' systems and a kind of contract have the same letters and another meaning.</summary>
    [Fact]
    public void Of_the_parties_are_typed_once() =>
        The_repository.Files(Path.Combine(Repository.Root, "services"))
            .Concat(The_repository.Files(Path.Combine(Repository.Root, "gateway")))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => RepositoryRules.IsWritten(path) && !path.Contains("/Proving/", StringComparison.Ordinal))
            .Where(path => TypesParty(File.ReadAllText(Path.Combine(Repository.Root, path))))
            .Should().BeEquivalentTo(
                "services/Contracts/TwinTrack.Contracts/Words/Parties.cs",
                "services/Kernel/TwinTrack.Kernel/Role.cs",
                "services/Routing/TwinTrack.Routing/Features/RoutingExamples.cs");

    [Theory]
    [InlineData("""["government", other]""", true)]
    [InlineData("""party == "partner")""", true)]
    [InlineData("""the "governments" """, false)]
    public void Of_the_parties_are_seen_where_they_are_typed_again(string source, bool seen) =>
        TypesParty(source).Should().Be(seen);

    private static bool TypesParty(string source) =>
        Words(typeof(Parties)).Any(word => source.Contains($"\"{word}\"", StringComparison.Ordinal));

    [Fact]
    public void That_begin_a_text_are_the_ones_that_its_reader_knows()
    {
        Providers.Domain.ProviderRefusals.AdapterMissing("x", []).Code.Should()
            .Be(AbilityRefusals.AdapterMissing).And.Be(Routing.Domain.Channels.Channel.AdapterMissing);
        Providers.Domain.ProviderRefusals.ConnectionMissing.Code.Should().Be(AbilityRefusals.ConnectionMissing);
        Providers.Domain.UnsentCode.Prefix.Should().Be(ReportCodes.NeverSent);
    }

    [Fact]
    public void Are_bound_to_an_enum_in_some_service() =>
        Classes().Except(Unbound).Should().BeSubsetOf(
            AllModules.InReadingOrder().SelectMany(module => module.Words).Select(binding => binding.Words));

    [Fact]
    public void Have_one_casing() =>
        Classes().Except([typeof(ReportCodes)]).SelectMany(Words).Should().OnlyContain(
            word => word.Length == 1
                || word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_' || letter == '.'));

    [Fact]
    public void Stand_once_in_their_class() =>
        Classes().Should().OnlyContain(type => Words(type).Distinct().Count() == Words(type).Count());

    [Fact]
    public void Bite_when_one_side_has_a_word_more()
    {
        WordBinding.Of<Light>(typeof(Lights)).Differences().Should().HaveCount(2)
            .And.Contain(difference => difference.Contains("'amber'"))
            .And.Contain(difference => difference.Contains("'dark_red'"));
        WordBinding.Of<Light>(typeof(Lights), "amber").Differences().Should().ContainSingle();
    }

    public enum Light
    {
        Red,
        DarkRed,
    }

    public static class Lights
    {
        public const string Red = "red";
        public const string Amber = "amber";
    }
}
