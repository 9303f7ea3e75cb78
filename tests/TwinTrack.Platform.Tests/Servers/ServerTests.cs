
namespace TwinTrack.Platform.Tests.Servers;

/// <summary>
/// Tests that share one broker and one PostgreSQL, and run one after another: some of them kill the one or the other.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ServerTests : ICollectionFixture<RabbitServer>, ICollectionFixture<PostgresServer>
{
    public const string Name = "servers";
}
