using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Answers;

/// <summary>One verdict about one of our orders.</summary>
/// <param name="AmountMinor">The delivered or returned amount, if stated; null means the whole amount.</param>
internal sealed record ProviderAnswer(InstructionId InstructionId, Verdict Verdict, string? ProviderReference = null,
    long? AmountMinor = null);

/// <summary>Where an answer came from.</summary>
/// <param name="Word">submit, ask, recall, document, statement, silence or gate.</param>
/// <param name="Patient">
/// An unknown result has no effect, because doubt comes only with time. It still is a word about its order, so that the
/// unit's word does not apply to that order.
/// </param>
internal sealed record AnswerSource(string Word, EvidenceId? Evidence = null, bool Patient = false)
{
    public static readonly AnswerSource Submit = new("submit");
    public static readonly AnswerSource Ask = new("ask");
    public static readonly AnswerSource AskInTurn = new("ask", Patient: true);
    public static readonly AnswerSource Recall = new("recall");
    public static readonly AnswerSource Silence = new("silence");

    public bool Counts(Outcome outcome) => !Patient || outcome != Outcome.Unknown;

    public static AnswerSource Document(EvidenceId evidence) => new("document", evidence);

    public static AnswerSource Statement(EvidenceId evidence) => new("statement", evidence);
}

/// <summary>A reading split into single orders.</summary>
/// <param name="Foreign">References that are no order of this channel, with their outcome.</param>
internal sealed record MatchedReading(IReadOnlyList<ProviderAnswer> Answers,
    IReadOnlyList<(string Reference, Outcome Outcome)> Foreign);

/// <summary>An order that ends without having left.</summary>
internal sealed record UnsentOrder(InstructionId InstructionId, long AmountMinor, string Code);
