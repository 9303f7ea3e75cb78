using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

public sealed class What_providers_report
{
    [Fact]
    public async Task Ends_alike_in_any_order_and_repetition_and_is_told_once()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(6);
        string[] words = ["sent", "in_doubt", "settled"];
        string[][] permutations = [[words[0], words[1], words[2]], [words[0], words[2], words[1]],
            [words[1], words[0], words[2]], [words[1], words[2], words[0]], [words[2], words[0], words[1]],
            [words[2], words[1], words[0]]];
        for (var index = 0; index < permutations.Length; index++)
        {
            foreach (var word in permutations[index])
            {
                await payments.ReportAsync(word, "A", "X", orders[index].InstructionId);
                await payments.ReportAsync(word, "A", "X", orders[index].InstructionId);
            }
        }

        foreach (var order in orders)
        {
            (await payments.StoryAsync(order.InstructionId)).GetProperty("status").GetString().Should().Be("Settled");
        }

        (await payments.Host.SentAsync<PaymentsDb, InstructionStatesChanged>()).SelectMany(one => one.Rows)
            .Count(row => row.To == "settled").Should().Be(6);
    }

    [Fact]
    public async Task Several_words_about_one_instruction_in_one_message_are_applied_in_their_order()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        var id = orders[0].InstructionId;

        await payments.ReportAsync(
            PaymentsHost.Row(id, "sent", "A", "SENT"), PaymentsHost.Row(id, "accepted", "C", "ACTC"),
            PaymentsHost.Row(id, "settled", "A", "ACSC"), PaymentsHost.Row(id, "returned", "B", "AC03"));

        var story = await payments.StoryAsync(id);
        story.GetProperty("unpaidReason").GetString().Should().Be("returned: AC03");
        story.GetProperty("instructions")[0].GetProperty("reports").GetArrayLength().Should().Be(4);
        (await payments.Host.SentAsync<PaymentsDb, InstructionStatesChanged>()).SelectMany(one => one.Rows)
            .Select(row => row.Version).Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task A_rejection_without_proof_frees_nothing()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(1);

        await payments.ReportAsync("rejected", "D", "HTTP503", orders[0].InstructionId);

        (await payments.StoryAsync(orders[0].ObligationId)).GetProperty("status").GetString().Should().Be("InDoubt");
        (await payments.GetAsync($"/payments/batches/{batch}/report")).GetProperty("inDoubt").GetProperty("count")
            .GetInt64().Should().Be(1);
        (await payments.Host.QueryAsync<PaymentsDb, int>(db => db.Claims.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task A_partial_delivery_leaves_the_remainder_as_an_obligation_of_its_own()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, orders) = await payments.ReleasedAsync(1);

        await payments.ReportAsync(
            PaymentsHost.Row(orders[0].InstructionId, "settled", "A", "PART", amountMinor: 150_000));

        var report = await payments.GetAsync($"/payments/batches/{batch}/report");
        report.GetProperty("settled")[0].GetProperty("minor").GetInt64().Should().Be(150_000);
        report.GetProperty("unpaid").GetProperty("partial_remainder").GetProperty("minor").GetInt64().Should()
            .Be(PaymentsHost.AmountMinor - 150_000);
        var left = await payments.Host.QueryAsync<PaymentsDb, Obligation>(
            db => db.Obligations.SingleAsync(row => row.RemainderOf != null));
        (await payments.StoryAsync(left.Id.ToString())).GetProperty("component").GetString().Should()
            .Be("base.remainder");
    }

    [Fact]
    public async Task An_unknown_word_is_a_fault_and_nothing_of_its_message_is_done()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        var id = orders[0].InstructionId;

        await FluentActions.Awaiting(
            () => payments.ReportAsync(PaymentsHost.Row(id, "sent", "A", "SENT"),
                PaymentsHost.Row(id, "gone", "A", "X")))
            .Should().ThrowAsync<FormatException>();

        (await payments.StoryAsync(id)).GetProperty("status").GetString().Should().Be("Released");
    }
}
