namespace TwinTrack.Clients;

/// <summary>Gives every unsafe request an <c>Idempotency-Key</c>, unless it has one. It stands before whatever sends a request again.</summary>
public sealed class IdempotencyKeyHandler(TimeProvider clock) : DelegatingHandler
{
    public const string Header = "Idempotency-Key";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && !request.Headers.Contains(Header))
        {
            request.Headers.Add(Header, Guid.CreateVersion7(clock.GetUtcNow()).ToString("n"));
        }

        return base.SendAsync(request, cancellationToken);
    }
}
