using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace TwinTrack.Platform.Tests;

/// <summary>A service whose enum does not have the words of the contracts.</summary>
public sealed class A_host_with_other_words
{
    [Fact]
    public void Does_not_start_and_says_which_word_is_missing() =>
        FluentActions.Invoking(() => TwinTrackHost.Build([], [], [new Crossing()], static _ => { }))
            .Should().Throw<InvalidOperationException>().WithMessage("*'amber'*");

    private enum Light
    {
        Red,
        Green,
    }

    private static class Lights
    {
        public const string Red = "red";
        public const string Amber = "amber";
        public const string Green = "green";
    }

    private sealed class Crossing : IServiceModule
    {
        public string Name => "crossing";

        public IReadOnlyList<WordBinding> Words => [WordBinding.Of<Light>(typeof(Lights))];

        public void AddServices(IHostApplicationBuilder builder)
        {
        }

        public void AddConsumers(IBusRegistrationConfigurator bus)
        {
        }

        public void MapEndpoints(IEndpointRouteBuilder routes)
        {
        }
    }
}
