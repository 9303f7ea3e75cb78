using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// An adapter whose partner may fetch its own tranches and bring its own answers over our API, in place of a file
/// transfer. What it brings is read like any other document of the channel; what it fetches is what lies there for it,
/// and nothing else.
/// </summary>
public interface IPartnerExchange
{
    /// <summary>Accounts that act for this partner; empty where it has no such access.</summary>
    IReadOnlyList<string> UsersOf(Connection connection);

    /// <summary>The data-sharing agreement's name, for the access log; null where there is none.</summary>
    string? AgreementOf(Connection connection);

    /// <summary>Why nothing about these areas may be given to the partner on this day; null when it may.</summary>
    Refusal? Bars(Connection connection, IReadOnlyCollection<string> areas, DateOnly day);

    /// <summary>What lies there, in order of reference.</summary>
    /// <param name="after">The reference after which to go on; null: from the beginning.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<Tranche> Tranches(Connection connection, string? after, int limit);

    /// <summary>One that lies there; null where none of that reference does.</summary>
    Tranche? Find(Connection connection, string reference);

    /// <summary>One part of a tranche, byte for byte; null where it is not there.</summary>
    Task<byte[]?> OpenAsync(Connection connection, Tranche tranche, TranchePart part, CancellationToken cancel);

    /// <summary>
    /// Lays down what the partner brings: true when it is new, false when the same was brought before.
    /// </summary>
    /// <param name="signature">Detached, where the partner signs.</param>
    Task<Result<bool>> TakeInAsync(Connection connection, string name, byte[] content, byte[]? signature,
        CancellationToken cancel);
}

public enum TranchePart
{
    List,
    Control,
    Signature,
}

/// <param name="Reference">Of the list, or of the stop list.</param>
/// <param name="File">Its name.</param>
/// <param name="Rows">Payments in it; their sum is <paramref name="SumMinor"/>.</param>
/// <param name="Sha256">Of its bytes, 64 hex digits.</param>
/// <param name="HasSignature">Whether its control file is signed.</param>
public sealed record Tranche(string Reference, string Unit, string File, int Rows, long SumMinor, string Currency,
    string Sha256, bool HasSignature);
