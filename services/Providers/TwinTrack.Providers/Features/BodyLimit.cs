using Microsoft.AspNetCore.Http.Metadata;

namespace TwinTrack.Providers.Features;

/// <summary>An endpoint's own limit. The server refuses a longer body, whatever length was announced.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
