using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Rules_as_they_are_written
{
    private static readonly DateOnly Day = RuleGiven.Day;
    private static readonly string Longest = new('x', 500);
    private static readonly string TooLong = new('x', 501);
    private static readonly string[] Most = [.. Enumerable.Range(0, 1_000).Select(area => Invariant($"NE{area}"))];
    private static readonly Constraint Line = new("Care", "NE003", "front", "name", "treasury", "no");
    private static readonly Agreement Agreed = new("Care", "transfers", ["name"], ["NE003"], Day, Day);
    private static readonly AgreementPolicy Policy = new("Care", true);
    private static readonly Assessment Assessed = new("Care", "NE003", "payment", 50, Day, Day, "assessors");
    private static readonly AreaAccess Access = new("NE003", true, Day, "field office");
    private static readonly Decline Declined = new("t2-agency", ["NE003"], [], "no staff");
    private static readonly FundingSource Source = new("donor", 1, "for track 1");
    private static readonly FundingCrossing Crossing = new("donor", 2, "Care", "letter");
    private static readonly Portability Ported = new("t1-momo", "mobile", "t2-agency", "mobile");
    private static readonly Readiness Check = new("psn", ["NE003"], "the treasury pays");
    private static readonly Confirmation Confirmed = new("R-1", 1, true, "seen");

    private static readonly AssessmentPolicy Needed =
        new(2, ["NE003"], ["payment", "access"], 60, "ignore", "warn", "block");

    public static TheoryData<string, Rule> Faults => new()
    {
        { "", Line },
        { "", Line with { Text = "x" } },
        { "", Line with { Text = Longest } },
        { "text", Line with { Text = TooLong } },
        { "text", Line with { Text = "" } },
        { "partner", Line with { Partner = "" } },
        { "area", Line with { Area = "NE 3" } },
        { "authority", Line with { Authority = "the front" } },
        { "data", Line with { Data = "shoe_size" } },
        { "funding", Line with { Funding = "the fund" } },
        { "", new Constraint("Care", "*", "*", "*", "*", "no") },
        { "", new Constraint("*", "NE003", "*", "*", "*", "no") },
        { "", new Constraint("*", "*", "front", "*", "*", "no") },
        { "", new Constraint("*", "*", "*", "name", "*", "no") },
        { "", new Constraint("*", "*", "*", "*", "donor", "no") },
        { "", Agreed },
        { "recipient", Agreed with { Recipient = "" } },
        { "recipient", Agreed with { Recipient = "*" } },
        { "purpose", Agreed with { Purpose = "" } },
        { "fields", Agreed with { Fields = null! } },
        { "fields", Agreed with { Fields = [] } },
        { "fields", Agreed with { Fields = ["name", "shoe_size"] } },
        { "areas", Agreed with { Areas = null! } },
        { "areas", Agreed with { Areas = [] } },
        { "areas", Agreed with { Areas = ["NE003", "NE 4"] } },
        { "", Agreed with { Areas = Most } },
        { "areas", Agreed with { Areas = [.. Most, "NE9999"] } },
        { "until", Agreed with { Until = Day.AddDays(-1) } },
        { "", Policy },
        { "", Policy with { Partner = "*" } },
        { "partner", Policy with { Partner = "" } },
        { "", Assessed },
        { "subject", Assessed with { Subject = "" } },
        { "subject", Assessed with { Subject = "*" } },
        { "area", Assessed with { Area = "NE 3" } },
        { "function", Assessed with { Function = "singing" } },
        { "", Assessed with { Score = 0 } },
        { "", Assessed with { Score = 100 } },
        { "score", Assessed with { Score = -1 } },
        { "score", Assessed with { Score = 101 } },
        { "until", Assessed with { Until = Day.AddDays(-1) } },
        { "assessedBy", Assessed with { AssessedBy = "" } },
        { "", Needed },
        { "", Needed with { Track = 1 } },
        { "track", Needed with { Track = 0 } },
        { "track", Needed with { Track = 3 } },
        { "areas", Needed with { Areas = [] } },
        { "functions", Needed with { Functions = null! } },
        { "functions", Needed with { Functions = [] } },
        { "functions", Needed with { Functions = ["payment", "singing"] } },
        { "", Needed with { ScoreMin = 0 } },
        { "", Needed with { ScoreMin = 100 } },
        { "scoreMin", Needed with { ScoreMin = -1 } },
        { "scoreMin", Needed with { ScoreMin = 101 } },
        { "missing, stale, low", Needed with { Missing = "shout" } },
        { "missing, stale, low", Needed with { Stale = "shout" } },
        { "missing, stale, low", Needed with { Low = "shout" } },
        { "", Access },
        { "area", Access with { Area = "NE 3" } },
        { "reportedBy", Access with { ReportedBy = "" } },
        { "", Access with { Authority = "front" } },
        { "authority", Access with { Authority = "the front" } },
        { "", Access with { Note = Longest } },
        { "note", Access with { Note = TooLong } },
        { "", Declined },
        { "channel", Declined with { Channel = "the agency" } },
        { "reason", Declined with { Reason = "" } },
        { "areas or obligations", Declined with { Areas = [] } },
        { "areas or obligations", Declined with { Areas = null! } },
        { "areas or obligations", Declined with { Obligations = null! } },
        { "areas", Declined with { Areas = ["NE 3"] } },
        { "", Declined with { Areas = [], Obligations = Obligations(1_000) } },
        { "obligations", Declined with { Areas = [], Obligations = Obligations(1_001) } },
        { "obligations", Declined with { Obligations = [.. Obligations(1), "obl_x"] } },
        { "", Source },
        { "", Source with { Track = 2 } },
        { "source", Source with { Source = "the donor" } },
        { "track", Source with { Track = 0 } },
        { "track", Source with { Track = 3 } },
        { "text", Source with { Text = "" } },
        { "", Crossing },
        { "", Crossing with { Track = 1, Partner = "*" } },
        { "source", Crossing with { Source = "the donor" } },
        { "track", Crossing with { Track = 0 } },
        { "track", Crossing with { Track = 3 } },
        { "partner", Crossing with { Partner = "" } },
        { "text", Crossing with { Text = "" } },
        { "", Ported },
        { "", Ported with { From = "*", To = "*" } },
        { "", Ported with { To = "" } },
        { "from", Ported with { From = "" } },
        { "from", Ported with { From = "the bank" } },
        { "to", Ported with { To = "the bank" } },
        { "instrument, as", Ported with { Instrument = "gold", As = "cash" } },
        { "instrument, as", Ported with { As = "gold" } },
        { "as", Ported with { As = "bank" } },
        { "", Check },
        { "", Check with { Programme = "*" } },
        { "programme", Check with { Programme = "p s n" } },
        { "areas", Check with { Areas = [] } },
        { "text", Check with { Text = "" } },
        { "", Check with { ValidDays = 1 } },
        { "validDays", Check with { ValidDays = 0 } },
        { "", Confirmed },
        { "check", Confirmed with { Check = "" } },
        { "checkVersion", Confirmed with { CheckVersion = 0 } },
        { "note", Confirmed with { Note = "" } },
        { "note", Confirmed with { Note = null! } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Are_refused_by_the_field_that_is_wrong(string field, Rule rule) =>
        Given.FieldOf(rule.Fault()).Should().Be(field);

    [Fact]
    public void Never_forbid_everything_to_everyone() =>
        new Constraint("*", "*", "*", "*", "*", "no").Fault().Should().StartWith("it forbids everything");

    [Fact]
    public void Say_of_which_areas_they_speak_or_of_any()
    {
        Line.AreasOf().Should().Equal("NE003");
        Assessed.AreasOf().Should().Equal("NE003");
        Access.AreasOf().Should().Equal("NE003");
        Declined.AreasOf().Should().Equal("NE003");
        (Declined with { Obligations = Obligations(1) }).AreasOf().Should().BeNull("they may be anywhere");
        Source.AreasOf().Should().BeNull();
    }

    private static string[] Obligations(int count) =>
        [.. Enumerable.Range(0, count).Select(number => RuleGiven.Obligation(number).ToString())];
}
