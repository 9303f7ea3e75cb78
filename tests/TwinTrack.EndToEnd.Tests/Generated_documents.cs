using TwinTrack.Proving.Documents;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

public sealed class Generated_documents
{
    [Fact]
    public async Task In_the_repository_are_what_the_code_makes()
    {
        var stale = await GeneratedDocuments.CompareAsync(Installation.Sources(), CancellationToken.None);

        stale.Should().BeEmpty("./twintrack docs writes them");
    }

    [Fact]
    public void That_differ_are_noticed() =>
        File.ReadAllText(Path.Combine(Installation.Sources(), "docs/concepts/messages.md"))
        .Should().NotBe(MessagesPage.Make() + "\n").And.Be(MessagesPage.Make());
}
