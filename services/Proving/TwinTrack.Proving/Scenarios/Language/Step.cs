namespace TwinTrack.Proving.Scenarios.Language;

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

    /// <param name="Areas">P-codes of the areas that no channel of Track 1 covers.</param>
    internal sealed record NotCovered(string[] Areas) : Setting;
}

/// <summary>What somebody does, or what is waited for.</summary>
internal abstract record ScenarioAct : Step
{
    internal sealed record GivenFor(string Source, int Track) : ScenarioAct;

    internal sealed record LetCross(string Source, int Track, string Because) : ScenarioAct;

    internal sealed record Pay : ScenarioAct;

    /// <param name="Share">Of the cycle's payments, 0 to 1.</param>
    internal sealed record WhenSent(double Share, int Track) : ScenarioAct;

    internal sealed record WhenSettled(int Count, int Track) : ScenarioAct;

    internal sealed record WhenNothingMoves : ScenarioAct;

    internal sealed record Suspend(ScenarioChannel Way, string Because) : ScenarioAct;

    internal sealed record Resume(ScenarioChannel Way, string Because) : ScenarioAct;

    /// <summary>One act for a whole track.</summary>
    /// <param name="Areas">P-codes; empty means all.</param>
    internal sealed record StopTrack(string[] Areas, int Track, string Because) : ScenarioAct;

    /// <summary>Ends every suspension in force.</summary>
    internal sealed record EndSuspension(string Because) : ScenarioAct;

    internal sealed record FallsSilent(string Channel) : ScenarioAct;

    internal sealed record ComesBack(string Channel) : ScenarioAct;

    /// <param name="Areas">P-codes; empty means all.</param>
    internal sealed record Switch(string[] Areas, ScenarioChannel From, string Reason) : ScenarioAct;

    /// <summary>A switch that leaves no channel.</summary>
    /// <param name="Areas">P-codes; empty means all.</param>
    internal sealed record Begin(string[] Areas, string Reason) : ScenarioAct;

    /// <summary>From now on the channels of Track 1 cover every area.</summary>
    internal sealed record CoverAll : ScenarioAct;

    /// <param name="Areas">P-codes; empty means all.</param>
    internal sealed record Return(string[] Areas) : ScenarioAct;

    /// <param name="Bearer">Code of the funding source that bears what turns out to be paid.</param>
    internal sealed record GiveUp(string Bearer) : ScenarioAct;

    internal sealed record Finish : ScenarioAct;

    internal sealed record PlanNext : ScenarioAct;
}

/// <summary>A figure that must be so when the line is reached.</summary>
internal abstract record Expectation(Measure Measure) : Step
{
    internal sealed record Figure(string Metric, Measure Measure) : Expectation(Measure);

    /// <summary>By the providers' own books.</summary>
    internal sealed record Paid(ScenarioChannel Way, PaidWhere Where, string[] Of, Measure Measure)
        : Expectation(Measure);

    internal sealed record UnpaidBecause(string Word, Measure Measure) : Expectation(Measure);

    internal sealed record NextCycle(ScenarioChannel Way, Measure Measure) : Expectation(Measure);
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
internal sealed record ScenarioChannel(string Text, IReadOnlyList<string> Channels)
{
    public override string ToString() => Text;
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
