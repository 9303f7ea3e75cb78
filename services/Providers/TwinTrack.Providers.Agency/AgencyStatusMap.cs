using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// The words of the agency's files. They follow the return lists of humanitarian payment systems (UNICEF HOPE's delivered quantities, 121's success and
/// error), under one vocabulary of our own that is agreed with the agency.
/// </summary>
public static class AgencyStatusMap
{
    internal const string Acknowledgement = "ack.csv";

    /// <summary>The line stands in a list that the agency declares closed: nobody will hand out anything on it any more.</summary>
    internal const string ReturnClosed = "return.csv, list closed";

    internal const string ReturnOpen = "return.csv, list open";
    internal const string StopAnswer = "stopack.csv";

    private const string Agreement = "Agreement with the agency; design after UNICEF HOPE and 121 return files";

    public static readonly StatusMap Table = new(
        new(Acknowledgement, "accepted", Outcome.Accepted, Grade.C, Agreement),
        new(Acknowledgement, "refused", Outcome.Rejected, Grade.A, Agreement),

        // Refuses the copy and says nothing of the list that came first.
        new(Acknowledgement, "duplicate", Outcome.Unknown, Grade.D, Agreement),

        new(ReturnOpen, "delivered", Outcome.Settled, Grade.A, Agreement),
        new(ReturnClosed, "delivered", Outcome.Settled, Grade.A, Agreement),
        new(ReturnOpen, "partial", Outcome.Settled, Grade.A, Agreement),
        new(ReturnClosed, "partial", Outcome.Settled, Grade.A, Agreement),

        // Not delivered so far is not "never": the same person may come to the next distribution of an open list.
        new(ReturnOpen, "not_delivered", Outcome.Unknown, Grade.D, Agreement),
        new(ReturnOpen, "unsuccessful", Outcome.Unknown, Grade.D, Agreement),
        new(ReturnClosed, "not_delivered", Outcome.Rejected, Grade.A, Agreement),
        new(ReturnClosed, "unsuccessful", Outcome.Rejected, Grade.A, Agreement),

        new(StopAnswer, "stopped", Outcome.Recalled, Grade.A, Agreement),
        new(StopAnswer, "refused", Outcome.RecallRefused, Grade.C, Agreement));
}
