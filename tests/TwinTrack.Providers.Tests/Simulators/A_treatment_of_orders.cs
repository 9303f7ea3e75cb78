using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Simulators;

public sealed class A_treatment_of_orders
{
    private static readonly SimulatorOptions Mixed = new()
    {
        Seed = 7,
        Reject = 0.1,
        Lost = 0.1,
        Silent = 0.1,
        Late = 0.1,
        Return = 0.1,
        Partial = 0.1,
        Duplicate = 0.25,
        Contradict = 0.5,
    };

    private static readonly string[] References =
        [.. Enumerable.Range(1, 10_000).Select(number => SeededOrders.Reference(1, number))];

    [Fact]
    public void Is_the_same_for_the_same_seed_and_reference() =>
        References.Select(reference => SimulatedTreatment.Of(Mixed, reference)).Should()
            .Equal(References.Select(reference => SimulatedTreatment.Of(Mixed, reference)));

    [Fact]
    public void Differs_with_the_seed() =>
        References.Select(reference => SimulatedTreatment.Of(Mixed, reference)).Should()
            .NotEqual(References.Select(reference => SimulatedTreatment.Of(Mixed with { Seed = 8 }, reference)));

    [Fact]
    public void Falls_on_about_the_share_that_was_asked_for()
    {
        var treatments = References.Select(reference => SimulatedTreatment.Of(Mixed, reference)).ToList();

        foreach (var ending in Enum.GetValues<Ending>().Where(ending => ending != Ending.Pays))
        {
            treatments.Count(treatment => treatment.Ending == ending).Should()
                .BeInRange(900, 1100, $"a tenth of all is {ending}");
        }

        treatments.Count(treatment => treatment.Duplicates).Should().BeInRange(2350, 2650);
        treatments.Count(treatment => treatment.Contradicts).Should().BeInRange(4800, 5200);
    }

    [Theory]
    [InlineData("--reject", "1.5")]
    [InlineData("--reject", "many")]
    [InlineData("--seed")]
    [InlineData("--nothing", "1")]
    public void Cannot_be_asked_for_in_words_that_mean_nothing(params string[] arguments)
    {
        var parse = () => SimulatorOptions.Parse(arguments);

        parse.Should().Throw<ArgumentException>();
    }
}
