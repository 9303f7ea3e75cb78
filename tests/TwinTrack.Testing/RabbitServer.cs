using TwinTrack.Running;
using Xunit;

namespace TwinTrack.Testing;

/// <summary>
/// A RabbitMQ of the test's own, which meets no other node. Where it is not installed, the tests that need it are
/// skipped with the reason.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private RabbitNode? _node;
    private ServerWork? _work;

    public async ValueTask InitializeAsync()
    {
        if (ServerPackage.Rabbit.Find("rabbitmq-server") is null)
        {
            return;
        }

        _work = ServerWork.Make("mq");
        _node = await RabbitNode.InAsync(_work.Folder, _work.Secret, _work.Folder, CancellationToken.None);
        await _node.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
            _work!.Delete(_node.Folder);
        }
    }

    /// <summary>A connection string to a virtual host of this test's own.</summary>
    public async Task<string> NewHostAsync(string name)
    {
        await ControlAsync("add_vhost", name);
        await ControlAsync("set_permissions", "-p", name, RabbitNode.User, ".*", ".*", ".*");
        return Node.At(Node.Address) + name;
    }

    /// <summary>Starts it again on what it had; returns when it answers and its queues have leaders.</summary>
    public Task StartAsync() => Node.StartAsync(CancellationToken.None);

    /// <summary>kill -9, with all its Erlang.</summary>
    public Task KillAsync() => Node.KillAsync();

    /// <inheritdoc cref="RabbitNode.ControlAsync"/>
    public Task<string> ControlAsync(params string[] arguments) =>
        Node.ControlAsync(CancellationToken.None, arguments);

    private RabbitNode Node => _node ?? throw Xunit.Sdk.SkipException.ForSkip(
        $"RabbitMQ is not installed. {ServerPackage.Rabbit.Advice}");
}
