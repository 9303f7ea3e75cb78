using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// An adapter whose partner may use our API in place of a file transfer. The partner fetches its own tranches and
/// uploads its own answers. An upload is read like any other document of the channel. The partner can fetch only its
/// own tranches.
/// </summary>
public interface IPartnerExchange
{
    /// <summary>Accounts that act for this partner; empty where it has no such access.</summary>
    IReadOnlyList<string> UsersOf(Connection connection);

    /// <summary>The data-sharing agreement's name, for the access log; null where there is none.</summary>
    string? AgreementOf(Connection connection);

    /// <summary>Why data about these areas must not be given to the partner on this day; null when it may.</summary>
    Refusal? Bars(Connection connection, IReadOnlyCollection<string> areas, DateOnly day);

    /// <summary>The partner's tranches, in order of reference.</summary>
    /// <param name="after">Start after this reference; null starts at the beginning.</param>
    /// <param name="limit">Most tranches to return.</param>
    IReadOnlyList<Tranche> Tranches(Connection connection, string? after, int limit);

    /// <summary>The tranche of this reference; null when there is none.</summary>
    Tranche? Find(Connection connection, string reference);

    /// <summary>One part of a tranche, byte for byte; null when it is missing.</summary>
    Task<byte[]?> OpenAsync(Connection connection, Tranche tranche, TranchePart part, CancellationToken cancel);

    /// <summary>
    /// Stores an upload of the partner. True when it is new, false when the same content was uploaded before.
    /// </summary>
    /// <param name="signature">Detached signature, if the partner signs.</param>
    Task<Result<bool>> TakeInAsync(Connection connection, string name, byte[] content, byte[]? signature,
        CancellationToken cancel);
}

public enum TranchePart
{
    List,
    Control,
    Signature,
}

/// <param name="Reference">Reference of the list or of the stop list.</param>
/// <param name="File">Its name.</param>
/// <param name="Rows">Payments in it; their sum is <paramref name="SumMinor"/>.</param>
/// <param name="Sha256">Hash of its bytes, 64 hex digits.</param>
/// <param name="HasSignature">Whether its control file is signed.</param>
public sealed record Tranche(string Reference, string Unit, string File, int Rows, long SumMinor, string Currency,
    string Sha256, bool HasSignature);
