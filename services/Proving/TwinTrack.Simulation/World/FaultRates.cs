namespace TwinTrack.Simulation.World;

/// <summary>
/// The fault probabilities of one seed. They are drawn once for each seed, so that seeds differ in kind and not only in
/// chance.
/// </summary>
internal sealed record FaultRates
{
    public static readonly FaultRates None = new() { Behaviours = [1] };

    /// <summary>Of a message, at each sending: it never arrives, and the outbox sends it again.</summary>
    public double MessageLost { get; init; }

    public double MessageTwice { get; init; }

    public double MessageLate { get; init; }

    /// <summary>Of a queue, in a history: for some minutes nobody takes anything from it.</summary>
    public double QueueJam { get; init; }

    public double ReceiptLost { get; init; }

    /// <summary>Of a delivery, a job's step or a request: the process dies in it.</summary>
    public double Crash { get; init; }

    /// <summary>Of a call to a provider: it does not arrive.</summary>
    public double CallLost { get; init; }

    /// <summary>It arrives after we have stopped waiting.</summary>
    public double CallLate { get; init; }

    /// <summary>It arrives, and the answer does not.</summary>
    public double AnswerLost { get; init; }

    public double AnswerTwice { get; init; }

    /// <summary>Of a recall: honoured where it still can be; else refused, promised, or not answered.</summary>
    public double RecallHonoured { get; init; }

    /// <summary>Weights of <see cref="Providers.ProviderBehaviour"/>, in its order.</summary>
    public IReadOnlyList<double> Behaviours { get; init; } = [1];

    public bool ResendIsSafe { get; init; } = true;

    public static FaultRates Of(SeededRandom random)
    {
        var wild = random.Unit();
        double Some(double most) => random.Chance(0.3) ? 0 : most * wild * random.Unit();
        return new FaultRates
        {
            MessageLost = Some(0.3),
            MessageTwice = Some(0.5),
            MessageLate = Some(0.6),
            QueueJam = Some(0.6),
            ReceiptLost = Some(0.3),
            Crash = Some(0.25),
            CallLost = Some(0.3),
            CallLate = Some(0.3),
            AnswerLost = Some(0.4),
            AnswerTwice = Some(0.4),
            RecallHonoured = 0.2 + (0.7 * random.Unit()),
            Behaviours = [1 + (4 * random.Unit()), 2 * random.Unit(), random.Unit(), random.Unit(), random.Unit(),
                random.Chance(0.4) ? 0.4 * random.Unit() : 0, random.Unit(), random.Unit()],
            ResendIsSafe = random.Chance(0.7),
        };
    }
}
