namespace TwinTrack.Cli.Scenarios.Language;

/// <summary>What one line means. Nothing here does anything.</summary>
internal abstract record Step;

/// <summary>What the world is like before anybody is paid.</summary>
internal abstract record Setting : Step
{
    internal sealed record Households(int Count) : Setting;

    internal sealed record Seed(int Number) : Setting;

    internal sealed record TimeLimit(int Minutes) : Setting;

    /// <param name="Share">Of its orders, 0 to 1.</param>
    internal sealed record Fault(string Channel, ProviderFault Kind, double Share) : Setting;

    internal sealed record ExecutesAfter(string Channel, int Seconds) : Setting;

    internal sealed record Sends(string Channel, int PaymentsPerSecond) : Setting;

    internal sealed record Overflow(string Channel, int Above) : Setting;
}

/// <summary>What somebody does, or what is waited for.</summary>
internal abstract record Deed : Step
{
    internal sealed record GivenFor(string Source, int Track) : Deed;

    internal sealed record LetCross(string Source, int Track, string Because) : Deed;

    internal sealed record Pay : Deed;

    /// <param name="Share">Of the cycle's payments, 0 to 1.</param>
    internal sealed record WhenSent(double Share, int Track) : Deed;

    internal sealed record WhenSettled(int Count, int Track) : Deed;

    internal sealed record WhenNothingMoves : Deed;

    internal sealed record Suspend(Way Way, string Because) : Deed;

    internal sealed record Resume(Way Way, string Because) : Deed;

    internal sealed record FallsSilent(string Channel) : Deed;

    internal sealed record ComesBack(string Channel) : Deed;

    /// <param name="Areas">P-codes; empty means all.</param>
    internal sealed record Switch(string[] Areas, Way From, string Reason) : Deed;

    /// <param name="Areas">P-codes; empty means all.</param>
    internal sealed record Return(string[] Areas) : Deed;

    /// <param name="Bearer">Code of the funding source that bears what turns out to be paid.</param>
    internal sealed record GiveUp(string Bearer) : Deed;

    internal sealed record Finish : Deed;

    internal sealed record PlanNext : Deed;
}

/// <summary>A figure that must be so when the line is reached.</summary>
internal abstract record Expectation(Measure Measure) : Step
{
    internal sealed record Figure(string Metric, Measure Measure) : Expectation(Measure);

    /// <summary>By the providers' own books.</summary>
    internal sealed record Paid(Way Way, PaidWhere Where, string[] Of, Measure Measure) : Expectation(Measure);

    internal sealed record UnpaidBecause(string Word, Measure Measure) : Expectation(Measure);

    internal sealed record NextCycle(Way Way, Measure Measure) : Expectation(Measure);
}

/// <summary>Which of the payments over a way are counted.</summary>
internal enum PaidWhere
{
    Everywhere,
    InAreas,
    OutsideAreas,
    FromSource,
}

/// <summary>What a provider may do badly. The words are in <see cref="Kinds"/>.</summary>
internal enum ProviderFault
{
    Refuses,
    KeepsSilent,
    Loses,
    AnswersLate,
    SendsBack,
    Repeats,
}

/// <summary>A track as a whole, or one channel.</summary>
internal sealed record Way(string Said, IReadOnlyList<string> Channels)
{
    public override string ToString() => Said;
}

/// <param name="Sign">=, &lt;, &gt;, &lt;= or &gt;=.</param>
internal sealed record Measure(string Sign, long Number)
{
    public bool Holds(long found) => Sign switch
    {
        "<" => found < Number,
        ">" => found > Number,
        "<=" => found <= Number,
        ">=" => found >= Number,
        _ => found == Number,
    };
}
