using Microsoft.AspNetCore.Builder;

namespace TwinTrack.Platform.Web;

/// <summary>
/// The request's body is a file, read as it comes. Documents describe it; no content type is refused because of it.
/// </summary>
/// <param name="Description">What the file is and how large it may be.</param>
/// <param name="ContentTypes">The types that a client should send.</param>
public sealed record UploadBody(string Description, params string[] ContentTypes);

public static class Uploading
{
    public static TBuilder TakesUpload<TBuilder>(
        this TBuilder endpoint, string description, params string[] contentTypes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new UploadBody(description, contentTypes));
}
