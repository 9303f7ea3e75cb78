using System.Text.Json.Serialization;
using Refit;

namespace TwinTrack.Simulators.Agency;

/// <summary>What an agency's own system calls at the government, below the address of its channel.</summary>
internal interface IPartnerApi
{
    [Get("/tranches?limit=100")]
    Task<TranchePage> ListAsync(string? after, CancellationToken cancel);

    [Get("/tranches/{reference}/control")]
    Task<Stream> ControlAsync(string reference, CancellationToken cancel);

    [Get("/tranches/{reference}/list")]
    Task<Stream> PayeesAsync(string reference, CancellationToken cancel);

    /// <summary>Safe to repeat: the other side knows a file by its name and content.</summary>
    [Put("/answers/{name}")]
    Task PutAnswerAsync(string name, [Body] HttpContent content, CancellationToken cancel);
}

internal sealed record TranchePage(
    [property: JsonRequired] IReadOnlyList<OfferedTranche> Items, [property: JsonRequired] string? Next);

/// <summary>One list that the agency may fetch.</summary>
internal sealed record OfferedTranche(
    [property: JsonRequired] string Reference, [property: JsonRequired] string File);
