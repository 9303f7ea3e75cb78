namespace TwinTrack.Clients;

/// <summary>
/// Writes a new <c>Idempotency-Key</c> where an interface says <c>new</c>. It stands before whatever sends a request
/// again, so that the key stays the same.
/// </summary>
public sealed class IdempotencyKeyHandler(TimeProvider clock) : DelegatingHandler
{
    public const string Header = "Idempotency-Key";

    /// <summary>Stands in the header of a request that shall get a key.</summary>
    public const string New = "new";

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.TryGetValues(Header, out var given) && given.Single() == New)
        {
            request.Headers.Remove(Header);
            request.Headers.Add(Header, Guid.CreateVersion7(clock.GetUtcNow()).ToString("n"));
        }

        return base.SendAsync(request, cancellationToken);
    }
}
