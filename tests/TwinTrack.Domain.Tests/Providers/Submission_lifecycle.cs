using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Domain.SubmissionState;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Submission_lifecycle
{
    // The whole table as a picture: a letter where a trigger leads somewhere, a dot where it is refused.
    // Change the lifecycle and this picture must be redrawn by hand; that is the point.
    private const string Picture = """
                  Send Withdraw Refuse Accept Doubt Settle Reject Recall Return
        Queued    S    W        F      .      .     .      .      .      .
        Sent      .    .        .      A      D     P      R      C      .
        Accepted  .    .        .      .      D     P      R      C      .
        InDoubt   .    .        .      .      .     P      R      C      .
        Settled   .    .        .      .      .     .      .      .      B
        Rejected  .    .        .      .      .     .      .      .      .
        Recalled  .    .        .      .      .     .      .      .      .
        Returned  .    .        .      .      .     .      .      .      .
        Withdrawn .    .        .      .      .     .      .      .      .
        Refused   .    .        .      .      .     .      .      .      .
        """;

    private static readonly Dictionary<SubmissionState, char> Letters = new()
    {
        [Sent] = 'S',
        [Withdrawn] = 'W',
        [Refused] = 'F',
        [Accepted] = 'A',
        [InDoubt] = 'D',
        [Settled] = 'P',
        [Rejected] = 'R',
        [Recalled] = 'C',
        [Returned] = 'B',
    };

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_table_says()
    {
        var lines = Picture.Split('\n');
        var triggers = Words(lines[0]).Select(Enum.Parse<SubmissionTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<SubmissionTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<SubmissionState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<SubmissionState>(), "the picture shows every state");

        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            for (var column = 0; column < triggers.Length; column++)
            {
                var next = SubmissionLifecycle.Table.Next(Enum.Parse<SubmissionState>(cells[0]), triggers[column]);
                var drawn = next.Match(state => Letters[state], _ => '.');
                drawn.Should().Be(cells[column + 1][0], $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    [Fact]
    public void Nothing_leads_back_to_the_queue_or_from_doubt_to_sending()
    {
        SubmissionLifecycle.Table.Rows.Should().NotContain(row => row.To == Queued);
        SubmissionLifecycle.Table.Rows.Should().NotContain(row => row.To == Sent && row.From != Queued);
    }

    [Fact]
    public void Open_are_the_states_without_a_final_word() =>
        SubmissionLifecycle.Open.Should().BeEquivalentTo([Sent, Accepted, InDoubt]);

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
