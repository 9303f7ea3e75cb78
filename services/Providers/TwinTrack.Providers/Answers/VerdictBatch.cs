using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>Applies verdicts one by one to rows in memory and collects the rows to write.</summary>
internal sealed class VerdictBatch(IReadOnlyDictionary<InstructionId, OrderStatus> rows, AnswerSource source,
    TimeProvider clock)
{
    private const int CodeMax = 64;

    private readonly DateTimeOffset _at = clock.GetUtcNow();
    private readonly Dictionary<InstructionId, (PaymentOrderState State, string Code)> _ends = [];
    private readonly Dictionary<InstructionId, long> _delivered = [];
    private readonly List<Kept> _recorded = [];

    /// <param name="Still">The state does not change.</param>
    private sealed record Kept(RecordedAnswer Answer, ReportRow? Report, bool Still);

    public IReadOnlyList<RecordedAnswer> Answers => [.. _recorded.Select(one => one.Answer)];

    public IReadOnlyList<ReportRow> Reports => [.. _recorded.Select(one => one.Report).OfType<ReportRow>()];

    public IReadOnlyList<OrderStateChange> StateChanges =>
        [.. _ends.Where(end => end.Value.State != rows[end.Key].State)
            .Select(end => new OrderStateChange(end.Key, rows[end.Key].State, end.Value.State, end.Value.Code))];

    public void Apply(ProviderAnswer providerAnswer)
    {
        if (!rows.TryGetValue(providerAnswer.InstructionId, out var row))
        {
            return;
        }

        var (state, _) = _ends.GetValueOrDefault(row.Id, (row.State, ""));
        var verdict = providerAnswer.Verdict with { Code = Clip(providerAnswer.Verdict.Code) };
        var (amount, believable) = Amount(row, providerAnswer);
        if (!believable)
        {
            verdict = Verdict.Unknown("AMOUNT_UNREADABLE");
        }

        var delivered = _delivered.TryGetValue(row.Id, out var minor) ? minor : row.DeliveredMinor;
        var amounts = new WordAmounts(amount, row.AmountMinor, delivered);
        var finding = VerdictRule.FindingOf(verdict, amounts);
        var effect = VerdictRule.Apply(state, verdict, amounts);
        foreach (var outcome in effect.Reports)
        {
            var reported = VerdictRule.ReportedMinor(outcome, finding, amounts);
            Keep(row, providerAnswer, (Word.Of(outcome), verdict), reported, effect, reported: true);
            if (outcome == ReportOutcome.Settled && !effect.Contradicts)
            {
                _delivered[row.Id] = reported;
            }
        }

        if (effect.Noted)
        {
            var word = finding == Finding.ReturnInPart ? "returned_in_part"
                : verdict.Outcome == Outcome.RecallRefused ? "recall_refused" : "promised";
            Keep(row, providerAnswer, (word, verdict), amount, effect, reported: false);
        }

        if (effect.State != state)
        {
            _ends[row.Id] = (effect.State, verdict.Code);
        }
    }

    /// <summary>
    /// An answer that does not change the state is stored and reported once, however often it is repeated. An answer
    /// with another amount is another answer.
    /// </summary>
    public async Task DropRepeatedAsync(ProvidersDb db, CancellationToken cancel)
    {
        var suspects = _recorded.Where(one => one.Still).Select(one => one.Answer.InstructionId).Distinct().ToList();
        if (suspects.Count == 0)
        {
            return;
        }

        var known = await db.Answers.AsNoTracking().Where(answer => suspects.Contains(answer.InstructionId))
            .Select(answer => new { answer.InstructionId, answer.Outcome, answer.AmountMinor }).ToListAsync(cancel);
        var seen = known.Select(answer => (answer.InstructionId, answer.Outcome, answer.AmountMinor)).ToHashSet();
        _recorded.RemoveAll(one =>
            !seen.Add((one.Answer.InstructionId, one.Answer.Outcome, one.Answer.AmountMinor)) && one.Still);
    }

    private void Keep(OrderStatus row, ProviderAnswer providerAnswer, (string Word, Verdict Verdict) what, long amount,
        VerdictEffect effect, bool reported)
    {
        var (word, verdict) = what;
        var answer = new RecordedAnswer
        {
            Id = clock.NewId(),
            InstructionId = row.Id,
            Outcome = word,
            Grade = verdict.Grade,
            Code = verdict.Code,
            Source = source.Word,
            ProviderReference = providerAnswer.ProviderReference is { } reference ? Clip(reference) : null,
            AmountMinor = amount,
            Contradiction = effect.Contradicts,
            EvidenceId = source.Evidence,
            At = _at,
        };
        var report = !reported
            ? null
            : new ReportRow(row.Id.Text, word, Word.Of(verdict.Grade), verdict.Code, answer.ProviderReference,
                row.Sequence, amount, _at);
        var (before, _) = _ends.GetValueOrDefault(row.Id, (row.State, ""));
        _recorded.Add(new Kept(answer, report, effect.State == before && (effect.Contradicts || effect.Noted)));
    }

    /// <summary>At most the ordered amount. An excess is a break in Reconciliation, not a larger payment.</summary>
    private static (long Minor, bool Believable) Amount(OrderStatus row, ProviderAnswer providerAnswer) =>
        providerAnswer.AmountMinor is not { } minor
            ? (row.AmountMinor, true) : (Math.Min(minor, row.AmountMinor), minor > 0);

    private static string Clip(string text) => text.Length <= CodeMax ? text : text[..CodeMax];
}
