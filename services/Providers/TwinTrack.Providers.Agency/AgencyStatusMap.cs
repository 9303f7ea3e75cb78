using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Our words for agencies' answers. A partner's definition maps its words to these, so it cannot give a word more
/// effect than here. <see cref="ReturnRule"/> gives the meaning of returns.
/// </summary>
public static class AgencyStatusMap
{
    internal const string Acknowledgement = "acknowledgement";

    /// <summary>The line is in a list that the agency declares closed. Nothing more will be handed out on it.</summary>
    internal const string ReturnClosed = "return, list closed";

    internal const string ReturnOpen = "return, list open";
    internal const string StopAnswer = "stop answer";

    private const string Agreement =
        "Agreement with the agency; design after WFP payment advice, UNICEF HOPE and 121 return files";

    private static readonly (string Word, ReturnKind Kind)[] Words =
    [
        ("delivered", ReturnKind.Full), ("partial", ReturnKind.Partial), ("not_delivered", ReturnKind.NotPaid),
        ("unsuccessful", ReturnKind.Unsuccessful), ("pending", ReturnKind.Pending),
    ];

    public static readonly StatusMap Table = new(
    [
        new(Acknowledgement, "accepted", Outcome.Accepted, Grade.C, Agreement),
        new(Acknowledgement, "refused", Outcome.Rejected, Grade.A, Agreement),

        // It refuses the copy and says nothing about the first list.
        new(Acknowledgement, "duplicate", Outcome.Unknown, Grade.D, Agreement),
        .. Returns(ReturnOpen, ListStanding.Open),
        .. Returns(ReturnClosed, ListStanding.Closed),
        new(StopAnswer, "stopped", Outcome.Recalled, Grade.A, Agreement),
        new(StopAnswer, "refused", Outcome.RecallRefused, Grade.C, Agreement),
    ]);

    /// <param name="word">Our word; null when the partner's definition does not list its word.</param>
    /// <param name="theirs">The partner's word, for people and for the record.</param>
    internal static Verdict Read(string message, string? word, string theirs) =>
        Table.Read(message, word) with { Code = theirs };

    private static IEnumerable<StatusRow> Returns(string message, ListStanding list) => Words.Select(word =>
    {
        var row = ReturnRule.Of(word.Kind, list);
        return new StatusRow(message, word.Word, row.Outcome, row.Grade, Agreement);
    });
}
