using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Our words for what agencies say. A partner's definition maps its own words to these, and so can give no word more
/// weight than it has here. What returns mean is <see cref="ReturnRule"/>'s.
/// </summary>
public static class AgencyStatusMap
{
    internal const string Acknowledgement = "acknowledgement";

    /// <summary>
    /// The line stands in a list that the agency declares closed: nobody will hand out anything on it any more.
    /// </summary>
    internal const string ReturnClosed = "return, list closed";

    internal const string ReturnOpen = "return, list open";
    internal const string StopAnswer = "stop answer";

    private const string Agreement =
        "Agreement with the agency; design after WFP payment advice, UNICEF HOPE and 121 return files";

    private static readonly (string Word, ReturnKind Kind)[] Words =
    [
        ("delivered", ReturnKind.Full), ("partial", ReturnKind.Partial), ("not_delivered", ReturnKind.Zero),
        ("unsuccessful", ReturnKind.Unsuccessful), ("pending", ReturnKind.Pending),
    ];

    public static readonly StatusMap Table = new(
    [
        new(Acknowledgement, "accepted", Outcome.Accepted, Grade.C, Agreement),
        new(Acknowledgement, "refused", Outcome.Rejected, Grade.A, Agreement),

        // Refuses the copy and says nothing of the list that came first.
        new(Acknowledgement, "duplicate", Outcome.Unknown, Grade.D, Agreement),
        .. Returns(ReturnOpen, ListStanding.Open),
        .. Returns(ReturnClosed, ListStanding.Closed),
        new(StopAnswer, "stopped", Outcome.Recalled, Grade.A, Agreement),
        new(StopAnswer, "refused", Outcome.RecallRefused, Grade.C, Agreement),
    ]);

    /// <param name="word">Ours; null for a word that the partner's definition does not list.</param>
    /// <param name="theirs">As it stood there, for people and for the record.</param>
    internal static Verdict Read(string message, string? word, string theirs) =>
        Table.Read(message, word) with { Code = theirs };

    private static IEnumerable<StatusRow> Returns(string message, ListStanding list) => Words.Select(word =>
    {
        var row = ReturnRule.Of(word.Kind, list);
        return new StatusRow(message, word.Word, row.Outcome, row.Grade, Agreement);
    });
}
