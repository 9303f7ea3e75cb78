using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>
/// What every adapter must keep. Each rule is given a rig that has not been started, and says what it found wrong.
/// </summary>
internal static class Rules
{
    private const int Orders = 6;

    public static readonly IReadOnlyDictionary<string, Func<Rig, List<string>, Task>> All =
        new Dictionary<string, Func<Rig, List<string>, Task>>
        {
            ["The same key twice pays once"] = SameKeyTwiceAsync,
            ["Silence is doubt"] = SilenceAsync,
            ["A word that is not listed is doubt"] = UnlistedAsync,
            ["A refusal is heard, frees, and was never paid"] = RefusalAsync,
            ["What can be recalled is recalled, and nothing else is said to be"] = RecallAsync,
            ["Questions are answered where they are said to be"] = StatusQueryAsync,
            ["Every order of a unit of the largest size travels"] = BulkAsync,
            ["Callbacks come where they are said to come"] = CallbackAsync,
            ["A crash between journal and call loses nothing and pays nobody twice"] = CrashAsync,
            ["Late success is heard late"] = LateAsync,
            ["A contradiction frees nothing that was paid"] = ContradictionAsync,
        };

    private static async Task SameKeyTwiceAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, Orders));
        if (!adapter.AbilitiesOf(rig.Connection).SafeToResend)
        {
            return;
        }

        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AgainAsync(rig, adapter, unit))));
        await ExpectAsync(rig, adapter, unit, applied, wrong, "all paid",
            answers => answers.All(PaymentOrderState.Settled));
        applied.Apply(await AgainAsync(rig, adapter, unit));
        await AfterwardsAsync(rig, 9, wrong);
        PaidOnce(rig, unit, wrong);
        Freed(applied, wrong);
    }

    private static async Task SilenceAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        foreach (var silence in rig.Silences)
        {
            var (connection, unit) = (await rig.SilentAsync(silence), rig.Unit(1, 2));
            foreach (var (what, call) in Calls(rig.Impatient(), connection, unit))
            {
                var applied = new AppliedAnswers(unit);
                try
                {
                    applied.Apply(await call());
                }
                catch (Exception fault) when (fault is not NullReferenceException)
                {
                    continue; // An exception means that nothing was learned.
                }

                wrong.AddRange(
                    applied.Verdicts.Where(verdict => verdict.Outcome != Outcome.Unknown)
                        .Select(verdict => $"{silence}, {what}: {verdict}"));
            }
        }
    }

    private static IEnumerable<(string What, Func<Task<Reading>> Call)> Calls(
        IProviderAdapter adapter, Connection connection, Unit unit)
    {
        yield return ("submit", () => adapter.SubmitAsync(connection, unit, CancellationToken.None));
        yield return ("ask", () => adapter.AskAsync(connection, unit, CancellationToken.None));
        yield return ("recall", () => adapter.RecallAsync(connection, unit, unit.Orders, CancellationToken.None));
    }

    private static async Task UnlistedAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        var unit = rig.Unit(1, 2);
        var (connection, documents) = await rig.UnlistedAsync(unit);
        var (adapter, applied) = (rig.Impatient(), new AppliedAnswers(unit));
        applied.Apply(await adapter.SubmitAsync(connection, unit, CancellationToken.None));
        applied.Apply(await adapter.AskAsync(connection, unit, CancellationToken.None));
        foreach (var document in documents)
        {
            applied.Apply(rig.Read(adapter, document));
        }

        if (applied.Verdicts.Count == 0)
        {
            wrong.Add("the unlisted word was not read at all");
        }

        wrong.AddRange(
            applied.Verdicts.Where(verdict => verdict.Outcome is not (Outcome.Unknown or Outcome.Accepted))
                .Select(verdict => verdict.ToString()));
        wrong.AddRange(
            applied.In(PaymentOrderState.Sent, PaymentOrderState.Accepted).Select(order => $"{order} is not in doubt"));
    }

    private static async Task RefusalAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick with { Reject = 1 });
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, Orders));
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        await ExpectAsync(rig, adapter, unit, applied, wrong, "all refused",
            answers => answers.All(PaymentOrderState.Rejected));
        wrong.AddRange(rig.Ledger.Rows.Select(row => $"{row.Reference} was paid"));
    }

    private static async Task RecallAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick with { ExecuteAfterMs = 600_000, DelayMs = 20 });
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, Orders));
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        if (adapter.AbilitiesOf(rig.Connection).Recall && rig.Undoes)
        {
            await ExpectAsync(rig, adapter, unit, applied, wrong, "all paid",
                answers => answers.All(PaymentOrderState.Settled));
            applied.Apply(await adapter.RecallAsync(rig.Connection, unit, unit.Orders, CancellationToken.None));
            await ExpectAsync(rig, adapter, unit, applied, wrong, "all returned",
                answers => answers.All(PaymentOrderState.Returned));
            wrong.AddRange(
                rig.Ledger.Rows.Where(row => row.ReturnedMinor != row.AmountMinor)
                    .Select(row => $"{row.Reference} was not returned"));
            return;
        }

        if (adapter.AbilitiesOf(rig.Connection).Recall)
        {
            await ExpectAsync(rig, adapter, unit, applied, wrong, "all taken in",
                answers => answers.All(PaymentOrderState.Accepted));
            applied.Apply(await adapter.RecallAsync(rig.Connection, unit, unit.Orders, CancellationToken.None));
            await ExpectAsync(rig, adapter, unit, applied, wrong, "all recalled",
                answers => answers.All(PaymentOrderState.Recalled));
            wrong.AddRange(rig.Ledger.Rows.Select(row => $"{row.Reference} was paid after its recall"));
            return;
        }

        applied.Apply(await adapter.RecallAsync(rig.Connection, unit, unit.Orders, CancellationToken.None));
        await ExpectAsync(rig, adapter, unit, applied, wrong, "all paid, since nothing can be recalled",
            answers => answers.All(PaymentOrderState.Settled));
    }

    private static async Task StatusQueryAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, Orders));
        await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None);
        var can = adapter.AbilitiesOf(rig.Connection).StatusQuery;
        var (asked, applied) = (new AppliedAnswers(unit), new AppliedAnswers(unit));
        // A new process, which has nothing to go by but our own references.
        var other = rig.NewAdapter();
        await ExpectAsync(rig, other, unit, applied, wrong, "all paid",
            answers => answers.All(PaymentOrderState.Settled));
        asked.Apply(await other.AskAsync(rig.Connection, unit, CancellationToken.None));
        if (!can && asked.Verdicts.Count > 0)
        {
            wrong.Add("answers questions, and says it does not");
        }

        if (can && asked.Verdicts.Count == 0 && rig.Callbacks.Count == 0)
        {
            wrong.Add("says that it answers questions, and does not");
        }
    }

    private static async Task BulkAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        var adapter = rig.NewAdapter();
        var abilities = adapter.AbilitiesOf(rig.Connection);
        var max = Math.Min(abilities.Bulk ? abilities.UnitMax : 1, 120);
        var unit = rig.Unit(1, max);
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        await ExpectAsync(rig, adapter, unit, applied, wrong, Invariant($"all {max} paid"),
            answers => answers.All(PaymentOrderState.Settled));
        PaidOnce(rig, unit, wrong);
    }

    private static async Task CallbackAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, 2));
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        var says = adapter.AbilitiesOf(rig.Connection).Callback;
        await ExpectAsync(rig, adapter, unit, applied, wrong, says ? "a callback" : "all paid",
            answers => says ? rig.Callbacks.Count > 0 : answers.All(PaymentOrderState.Settled));
        if (!says && rig.Callbacks.Count > 0)
        {
            wrong.Add("is called back, and says it is not");
        }
    }

    private static async Task CrashAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick);
        foreach (var left in new[] { false, true })
        {
            var unit = rig.Unit(left ? 1 : 2, Orders);
            if (left)
            {
                // The process ends before the answer is heard.
                await rig.NewAdapter().SubmitAsync(rig.Connection, unit, CancellationToken.None);
            }

            var (adapter, applied) = (rig.NewAdapter(), new AppliedAnswers(unit));
            applied.Apply(await adapter.AskAsync(rig.Connection, unit, CancellationToken.None));
            wrong.AddRange(
                applied.Freed.Select(
                    order => $"{order}, {(left ? "left" : "not left")}: freed by a question after a crash"));
            if (!adapter.AbilitiesOf(rig.Connection).SafeToResend)
            {
                continue;
            }

            applied.Apply(await AgainAsync(rig, adapter, unit));
            await ExpectAsync(rig, adapter, unit, applied, wrong, "all paid after the crash",
                answers => answers.All(PaymentOrderState.Settled));
            await AfterwardsAsync(rig, left ? 8 : 9, wrong);
            PaidOnce(rig, unit, wrong);
        }
    }

    private static async Task LateAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick with { Late = 1 });
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, Orders));
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        var looks = 0;
        await ExpectAsync(rig, adapter, unit, applied, wrong, "to be heard a few times", _ => ++looks > 20);
        wrong.AddRange(applied.Freed.Select(order => $"{order}: freed while it may still be paid"));
        wrong.AddRange(applied.In(PaymentOrderState.Settled).Select(order => $"{order}: paid before it was"));
        await rig.SettleLateAsync();
        await ExpectAsync(rig, adapter, unit, applied, wrong, "all paid at last",
            answers => answers.All(PaymentOrderState.Settled));
    }

    private static async Task ContradictionAsync(Rig rig, List<string> wrong)
    {
        await rig.StartAsync(Rig.Quick with { Contradict = 1, Duplicate = 1 });
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(1, 2));
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        await ExpectAsync(rig, adapter, unit, applied, wrong, "all paid",
            answers => answers.All(PaymentOrderState.Settled));
        if (adapter.AbilitiesOf(rig.Connection).Callback)
        {
            await ExpectAsync(rig, adapter, unit, applied, wrong, "the contradiction", _ => rig.Callbacks.Count >= 3);
            // On their own, as if nothing had been asked: a callback is a hint.
            var hinted = new AppliedAnswers(unit);
            foreach (var callback in rig.Callbacks)
            {
                hinted.Apply(rig.Read(adapter, callback));
            }

            wrong.AddRange(hinted.Freed.Select(order => $"{order}: freed by a callback"));
        }
        else if (!adapter.AbilitiesOf(rig.Connection).StatusQuery)
        {
            await ExpectAsync(rig, adapter, unit, applied, wrong, "the contradiction",
                answers => answers.Verdicts.Any(verdict => verdict.Frees));
        }

        Freed(applied, wrong);
        PaidOnce(rig, unit, wrong);
    }

    /// <summary>The same once more. Where it is refused with a fault, nothing was learned.</summary>
    private static async Task<Reading> AgainAsync(Rig rig, IProviderAdapter adapter, Unit unit)
    {
        try
        {
            return await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return Reading.OfUnit(unit.Reference, Verdict.Unknown("FAULT"));
        }
    }

    /// <summary>Whatever was started before has had its time when a unit that came after it is paid.</summary>
    private static async Task AfterwardsAsync(Rig rig, int number, List<string> wrong)
    {
        var (adapter, unit) = (rig.NewAdapter(), rig.Unit(number, 1));
        var applied = new AppliedAnswers(unit);
        applied.Apply(await adapter.SubmitAsync(rig.Connection, unit, CancellationToken.None));
        await ExpectAsync(rig, adapter, unit, applied, wrong, "the next unit paid",
            answers => answers.All(PaymentOrderState.Settled));
    }

    private static async Task ExpectAsync(Rig rig, IProviderAdapter adapter, Unit unit, AppliedAnswers applied,
        List<string> wrong, string what, Func<AppliedAnswers, bool> holds)
    {
        if (wrong.Count == 0 && !await rig.ApplyUntilAsync(adapter, unit, applied, holds))
        {
            wrong.Add($"never came about: {what}");
        }
    }

    private static void Freed(AppliedAnswers applied, List<string> wrong) =>
        wrong.AddRange(applied.Freed.Select(order => $"{order}: freed although it was paid"));

    private static void PaidOnce(Rig rig, Unit unit, List<string> wrong)
    {
        foreach (var order in unit.Orders)
        {
            var paid = rig.Ledger.Rows.Where(row => row.EndToEnd == order.EndToEnd).ToList();
            if (paid.Count != 1 || paid[0].AmountMinor != order.AmountMinor)
            {
                wrong.Add(
                    Invariant($"{order.Reference}: paid {paid.Count} times, {paid.Sum(row => row.AmountMinor)} of ")
                        + Invariant($"{order.AmountMinor}"));
            }
        }
    }
}
