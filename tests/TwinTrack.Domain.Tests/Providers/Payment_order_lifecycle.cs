using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Domain.PaymentOrderState;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Payment_order_lifecycle
{
    // The whole table as a picture: a letter where a trigger leads somewhere, a dot where it is refused.
    // Change the lifecycle and this picture must be redrawn by hand; that is the point.
    private const string Picture = """
                  Send Withdraw Refuse Accept Doubt Settle Reject Recall Return
        Queued    S    W        F      .      .     .      .      .      .
        Sent      .    .        .      A      D     P      R      C      B
        Accepted  .    .        .      .      D     P      R      C      B
        InDoubt   .    .        .      .      .     P      R      C      B
        Settled   .    .        .      .      .     .      .      .      B
        Rejected  .    .        .      .      .     .      .      .      .
        Recalled  .    .        .      .      .     .      .      .      .
        Returned  .    .        .      .      .     .      .      .      .
        Withdrawn .    .        .      .      .     .      .      .      .
        Refused   .    .        .      .      .     .      .      .      .
        """;

    private static readonly Dictionary<PaymentOrderState, char> Letters = new()
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
        var triggers = Words(lines[0]).Select(Enum.Parse<PaymentOrderTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<PaymentOrderTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<PaymentOrderState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<PaymentOrderState>(), "the picture shows every state");

        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            for (var column = 0; column < triggers.Length; column++)
            {
                var next = PaymentOrderLifecycle.Table.Next(Enum.Parse<PaymentOrderState>(cells[0]), triggers[column]);
                var drawn = next.Match(state => Letters[state], _ => '.');
                drawn.Should().Be(cells[column + 1][0], $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    [Fact]
    public void Nothing_leads_back_to_the_queue_or_from_doubt_to_sending()
    {
        PaymentOrderLifecycle.Table.Rows.Should().NotContain(row => row.To == Queued);
        PaymentOrderLifecycle.Table.Rows.Should().NotContain(row => row.To == Sent && row.From != Queued);
    }

    [Fact]
    public void Open_are_the_states_without_a_final_word() =>
        PaymentOrderLifecycle.Open.Should().BeEquivalentTo([Sent, Accepted, InDoubt]);

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
