using System.Net.Http.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class Switches_that_follow_one_another
{
    private static readonly DispositionRow[] Live = [Row("Settled", 2), Row("Released", 6)];

    private static readonly DispositionRow[] Moved =
        [Row("Settled", 2), Row("Settled", 6, "t2-agency", moved: true, evidence: "never_sent")];

    [Fact]
    public async Task Out_and_back_and_out_again_move_whom_the_last_covers()
    {
        await using var scene = await OpenAsync();
        for (var round = 1; round <= 2; round++)
        {
            await OutAsync(scene, round, [], []);
            await BackAsync(scene, round);
        }

        var last = await OutAsync(scene, 3, Live, Moved);

        var shown = await scene.ShowAsync(last);
        shown["rehearsal"]!["target"]!.AsArray()
            .Select(row => (row!["channel"]?.GetValue<string>(), row["count"]!.GetValue<long>())).Should()
            .Equal(("t2-agency", 6L));
        for (var payment = 0; payment < 6; payment++)
        {
            (await scene.RouteAsync("mobile")).Rows.Single().Should()
                .Match<RoutedRow>(row => row.Channel == "t2-agency" && row.SwitchId == last);
        }
    }

    /// <summary>One switch to Track 2 from its proposal to its end.</summary>
    internal static async Task<string> OutAsync(SwitchScene scene, int round, DispositionRow[] before,
        DispositionRow[] after)
    {
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, before));
        var asked = await scene.AnswerCountAsync(id, 1, before);
        await scene.StopAsync(id, "t1-momo", round + 1, before.Length);
        await scene.AnswerCountAsync(id, asked, after);
        await scene.UntilStateAsync(id, "Closed");
        return id;
    }

    /// <summary>One return from its proposal to its end.</summary>
    private static async Task BackAsync(SwitchScene scene, int round)
    {
        var id = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        await scene.VoteAsync(id, await scene.RehearseAsync(id));
        var asked = await scene.AnswerCountAsync(id, 1);
        await scene.StopAsync(id, "t2-agency", round + 1);
        await scene.AnswerCountAsync(id, asked);
        await scene.UntilStateAsync(id, "Closed");
    }
}
