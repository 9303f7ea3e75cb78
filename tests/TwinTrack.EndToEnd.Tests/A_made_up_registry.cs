using TwinTrack.Proving.Demo;

namespace TwinTrack.EndToEnd.Tests;

public sealed class A_made_up_registry
{
    [Fact]
    public async Task Is_the_same_file_for_the_same_seed_and_another_for_another()
    {
        var (first, again, other) = (await TextAsync(seed: 3), await TextAsync(seed: 3), await TextAsync(seed: 4));

        first.Should().Be(again).And.NotBe(other);
    }

    [Fact]
    public async Task Has_something_wrong_with_one_household_in_fifty()
    {
        var path = Path.GetTempFileName();
        var facts = await RegistryFile.WriteAsync(path, households: 5_000, seed: 1, CancellationToken.None);
        File.Delete(path);

        // One flaw in eight is a shared account, and cash has none to share.
        facts.Flawed.Should().Be(100);
        facts.Obligations.Should().BeGreaterThan(4_880);
    }

    private static async Task<string> TextAsync(int seed)
    {
        var path = Path.GetTempFileName();
        await RegistryFile.WriteAsync(path, households: 500, seed, CancellationToken.None);
        var text = await File.ReadAllTextAsync(path);
        File.Delete(path);
        return text;
    }
}
