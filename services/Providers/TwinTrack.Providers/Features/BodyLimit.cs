using Microsoft.AspNetCore.Http.Metadata;

namespace TwinTrack.Providers.Features;

/// <summary>An endpoint's own limit: the server cuts a longer body off, however its length was announced.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
