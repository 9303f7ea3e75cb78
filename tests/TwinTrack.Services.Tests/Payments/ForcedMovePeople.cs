using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>The people who force a move, and what they do.</summary>
internal sealed record ForcedMovePeople(PaymentsHost Payments)
{
    internal HttpClient Government { get; } = Payments.Host.As("idriss", "government", Role.CoChair);

    internal HttpClient Colleague { get; } = Payments.Host.As("moussa", "government", Role.CoChair);

    internal HttpClient Partner { get; } = Payments.Host.As("ann", "partner", Role.CoChair);

    internal HttpClient Provider { get; } = Payments.Host.As("momo", "t1-momo", Role.CoChair);

    internal Task<JsonElement> ListAsync() => Payments.GetAsync($"/payments/moves/{Payments.Switch}/forced");

    /// <summary>The switch moves, once Payments has found its list to be the one that was voted on.</summary>
    internal async Task MoveAsync(params string[] areas)
    {
        await Payments.MoveAsync((await Payments.CountAsync(1, areas: areas)).ListHash, areas);
        await TestHost.Until(ListAsync, list => list.TryGetProperty("hash", out _));
    }

    internal Task FundAsync(string source, long payments = 1) => PaymentsHost.PostAsync(
        Payments.Finance, "/payments/funds", new
        {
            programme = PaymentsHost.Programme,
            fundingSource = source,
            amountMinor = payments * PaymentsHost.AmountMinor,
            currency = "XOF"
        });

    internal async Task<long> AvailableAsync(string source) =>
        (await Payments.GetAsync("/payments/funds")).GetProperty("items").EnumerateArray()
        .Single(row => row.GetProperty("fundingSource").GetString() == source).GetProperty("availableMinor")
        .GetInt64();

    internal async Task<string> ProposeAsync(
        HttpClient user, string hash, string bearer, string note = A_forced_move.Why) =>
        Code(await PaymentsHost.PostAsync(
            user, $"/payments/moves/{Payments.Switch}/forced", new { hash, bearer, note }));

    internal static async Task<string> DecideAsync(
        HttpClient user, string id, string hash, bool agree = true, string note = "Seen.") =>
        Code(await PaymentsHost.PostAsync(user, $"/payments/forced/{id}/decision", new { hash, agree, note }));

    internal async Task<string> ProposedAsync(string hash, string bearer)
    {
        var answer = await PaymentsHost.PostAsync(
            Government, $"/payments/moves/{Payments.Switch}/forced", new { hash, bearer, note = A_forced_move.Why });
        answer.GetProperty("state").GetString().Should().Be("Proposed");
        return answer.GetProperty("id").GetString()!;
    }

    /// <summary>
    /// One order that is in doubt, in a switch that moves, is given up; the reserve stands for it.
    /// </summary>
    internal async Task<(string Batch, SubmitRow Given)> ForcedAsync()
    {
        var (batch, orders) = await Payments.ReleasedAsync(1);
        await Payments.ReportAsync("sent", "A", "SENT", orders[0].InstructionId);
        await Payments.ReportAsync("in_doubt", "D", "TIMEOUT", orders[0].InstructionId);
        await MoveAsync();
        await FundAsync("reserve");
        var hash = (await ListAsync()).GetProperty("hash").GetString()!;
        (await DecideAsync(Partner, await ProposedAsync(hash, "reserve"), hash)).Should().BeEmpty();
        var story = await Payments.StoryAsync(orders[0].ObligationId);
        story.GetProperty("unpaidReason").GetString().Should().Be("abandoned: FORCED");
        story.GetProperty("instructions")[0].GetProperty("forcedBy").ValueKind.Should().Be(JsonValueKind.String);
        return (batch, orders[0]);
    }

    private static string Code(JsonElement answer) =>
        answer.TryGetProperty("type", out var type) ? type.GetString()!.Split(':')[^1] : "";
}
