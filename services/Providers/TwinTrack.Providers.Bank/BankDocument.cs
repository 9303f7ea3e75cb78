using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>Identifies a bank's message: its kind, the bank's id, and its page.</summary>
internal sealed record MessageName(string Family, string? Id, string? Page);

/// <summary>
/// Reads a file of the bank's, which may be an envelope with several documents, into answers or into a statement.
/// </summary>
internal static class BankDocument
{
    /// <param name="Names">Names of the messages in it, to recognise repeats.</param>
    internal sealed record Content<T>(T Value, IReadOnlyList<MessageName> Names);

    /// <summary>Reads the answers about orders from a file with one or several messages.</summary>
    internal static Result<Content<Reading>> Answers(BankProfile profile, byte[] content) =>
        IsoStream.Read(content, stream =>
    {
        var (units, lines, names) = (new List<UnitAnswer>(), new List<Answer>(), new List<MessageName>());
        var refusal = EachDocument(stream, form =>
        {
            var read = AnswersOf(stream, form, profile);
            if (read.Allows(out var answered, out var no))
            {
                units.AddRange(answered.Value.Units);
                lines.AddRange(answered.Value.Lines);
                names.AddRange(answered.Names);
            }

            return no;
        });
        return refusal is null ? new Content<Reading>(new Reading(units, lines), names)
            : (Result<Content<Reading>>)refusal;
    });

    /// <summary>Reads a statement. Its pages may come together in an envelope.</summary>
    internal static Result<Content<AccountReport>> Statement(BankProfile profile, byte[] content) =>
        IsoStream.Read(content, stream =>
    {
        var (report, names) = (new AccountReport(profile.Currency, profile.StatementAccount), new List<MessageName>());
        var refusal = EachDocument(stream, form =>
        {
            var no = form.Kind == IsoKind.Statement ? report.Read(stream, form) : BankRefusals.UnknownDocument();
            names.Add(new MessageName(form.Family, report.MessageId, report.MessagePage));
            return no;
        }) ?? report.Finish();
        return refusal is null ? new Content<AccountReport>(report, names) : (Result<Content<AccountReport>>)refusal;
    });

    private static Refusal? EachDocument(IsoStream stream, Func<IsoForm, Refusal?> read)
    {
        var any = false;
        while (stream.NextDocument())
        {
            if (!stream.AsAnnounced)
            {
                return BankRefusals.HeaderDisagrees();
            }

            if (IsoMessages.Of(stream.Message) is not { } form || !stream.Next()
                || !stream.Name.StartsWith(form.Root, StringComparison.Ordinal))
            {
                return BankRefusals.UnknownDocument();
            }

            if (read(form) is { } refusal)
            {
                return refusal;
            }

            any = true;
        }

        return any ? null : BankRefusals.UnknownDocument();
    }

    private static Result<Content<Reading>> AnswersOf(IsoStream stream, IsoForm form, BankProfile profile)
    {
        switch (form.Kind)
        {
            case IsoKind.Status:
                var status = new StatusReport(profile.Rules);
                var reading = status.Read(stream);
                return new Content<Reading>(reading, [new MessageName(form.Family, status.MessageId, null)]);
            case IsoKind.Resolution:
                var answer = new CancellationAnswer(profile.Rules);
                var resolved = answer.Read(stream);
                return new Content<Reading>(resolved, [new MessageName(form.Family, answer.MessageId, null)]);
            default:
                var report = new AccountReport(profile.Currency, profile.StatementAccount);
                return (report.Read(stream, form) ?? report.Finish()) is { } refusal
                    ? refusal
                    : new Content<Reading>(
                        new Reading([], [.. report.Movements.Select(AnswerOf).OfType<Answer>()]),
                        [new MessageName(form.Family, report.MessageId, report.MessagePage)]);
        }
    }

    /// <summary>
    /// The answer in a booking about one of our orders. People match a booking without a certain result.
    /// </summary>
    private static Answer? AnswerOf(BookedMovement movement) =>
        (movement.InstrId ?? movement.EndToEndId) is { } reference && movement.Verdict.Outcome != Outcome.Unknown
            ? new Answer(reference, movement.Verdict, movement.ProviderReference, Math.Abs(movement.Signed))
            : null;
}
