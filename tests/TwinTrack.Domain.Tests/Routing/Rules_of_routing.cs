using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;
using static TwinTrack.Domain.Tests.Routing.RuleGiven;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Rules_of_routing
{
    private static readonly string[] Everything = ["household_id", "name", "alternate", "account", "area"];

    [Fact]
    public void An_empty_book_forbids_nothing() => RuleSet.Empty.Judge(Candidate()).Should().BeNull();

    /// <summary>The matrix partner × area × authority × data × funding: each cell alone matches or does not.</summary>
    [Theory]
    [InlineData("Care", "*", "*", "*", "*", true)]
    [InlineData("t2-agency", "*", "*", "*", "*", true)]
    [InlineData("Other", "*", "*", "*", "*", false)]
    [InlineData("*", "NE003", "*", "*", "*", true)]
    [InlineData("*", "NE0*", "*", "*", "*", true)]
    [InlineData("*", "NE004", "*", "*", "*", false)]
    [InlineData("*", "*", "front", "*", "*", true)]
    [InlineData("*", "*", "unknown", "*", "*", false)]
    [InlineData("*", "*", "*", "name", "*", true)]
    [InlineData("*", "*", "*", "*", "treasury", true)]
    [InlineData("*", "*", "*", "*", "bank-fund", false)]
    [InlineData("Care", "NE003", "front", "name", "treasury", true)]
    [InlineData("Care", "NE003", "front", "name", "other", false)]
    public void A_red_line_forbids_what_matches_all_its_cells(
        string partner, string area, string authority, string data, string funding, bool forbids)
    {
        var book = Book(
            (RuleKind.Constraint, "C-7", new Constraint(partner, area, authority, data, funding, "not through them")),
            (RuleKind.Access, "NE003", new AreaAccess("NE003", true, Day, "field office", "front")));

        var skipped = book.Judge(Candidate());

        (skipped?.Reason == RouteReason.RedLine).Should().Be(forbids);
        if (forbids)
        {
            skipped!.By.Should().Be("constraint C-7 v1: not through them");
        }
    }

    [Fact]
    public void Every_partner_does_not_mean_the_government() =>
        Book((RuleKind.Constraint, "C-1", new Constraint("*", "NE003", "*", "*", "*", "no")))
            .Judge(Candidate(Given.Way("t1-momo", 1))).Should().BeNull();

    [Fact]
    public void A_red_line_on_data_looks_at_what_the_protocol_tells() =>
        Book((RuleKind.Constraint, "C-1", new Constraint("*", "*", "*", "name", "*", "no names")))
            .Judge(Candidate(
                Given.Way("t2-momo", 2) with
                {
                    Abilities =
                    Given.Abilities with { DisclosedFields = [DataField.Account] }
                }))
            .Should().BeNull("a wallet is paid by its number");

    [Theory]
    [InlineData("Care", "NE003", 0, 0, 5, true)]
    [InlineData("t2-agency", "NE*", 0, 0, 5, true)]
    [InlineData("Care", "NE004", 0, 0, 5, false)]
    [InlineData("Care", "NE003", 1, 9, 5, false)]
    [InlineData("Care", "NE003", -9, -1, 5, false)]
    [InlineData("Care", "NE003", 0, 0, 4, false)]
    public void An_agreement_covers_recipient_area_period_and_fields(
        string recipient, string area, int from, int until, int fields, bool covers)
    {
        var book =
            Book((RuleKind.Agreement, "A-1", new Agreement(
                recipient, "cash transfers", Everything[..fields], [area], Day.AddDays(from), Day.AddDays(until))));

        var skipped = book.Judge(Candidate());

        (skipped is null).Should().Be(covers);
        if (!covers)
        {
            skipped!.Reason.Should().Be(RouteReason.NoAgreement);
            skipped.By.Should().StartWith("agreement A-1 v1: ");
        }
    }

    [Fact]
    public void A_partner_without_any_agreement_needs_one_only_where_a_policy_says_so()
    {
        Book((RuleKind.Agreement, "A-1", new Agreement("Another", "x", Everything, ["*"], Day, Day))).Judge(Candidate())
            .Should().BeNull();
        Book((RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", true))).Judge(Candidate())!.By.Should()
            .Be("agreement_policy all v1: there is none");
        Book((RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", true)),
            (RuleKind.AgreementPolicy, "own", new AgreementPolicy("Care", false))).Judge(Candidate()).Should().BeNull();
        Book((RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", true)))
            .Judge(Candidate(Given.Way("t1-momo", 1))).Should().BeNull();
    }

    /// <summary>Missing, stale and low assessments; each ignored, warned of or blocking.</summary>
    [Theory]
    [InlineData(null, 0, "block", "ignore", "ignore", true, false)]
    [InlineData(null, 0, "warn", "block", "block", false, true)]
    [InlineData(80, -1, "block", "block", "ignore", true, false)]
    [InlineData(80, -1, "block", "warn", "block", false, true)]
    [InlineData(40, 1, "block", "block", "block", true, false)]
    [InlineData(40, 1, "block", "block", "warn", false, true)]
    [InlineData(80, 1, "block", "block", "block", false, false)]
    public void An_assessment_that_is_missing_old_or_low_warns_or_blocks_as_the_policy_says(
        int? score, int endsIn, string missing, string stale, string low, bool blocks, bool warns)
    {
        List<(RuleKind, string, Rule)> rules =
            [(RuleKind.AssessmentPolicy, "p", new AssessmentPolicy(2, ["*"], ["payment"], 60, missing, stale, low))];
        if (score is { } given)
        {
            rules.Add(
                (RuleKind.Assessment, "S-1", new Assessment(
                    "Care", "NE*", "payment", given, Day.AddDays(-30), Day.AddDays(endsIn), "assessors")));
        }

        var book = Book([.. rules]);

        (book.Judge(Candidate())?.Reason == RouteReason.Assessment).Should().Be(blocks);
        book.Warnings(Candidate()).Any().Should().Be(warns);
        book.Judge(Candidate(Given.Way("t1-momo", 1))).Should().BeNull("the policy is about track 2");
    }

    [Fact]
    public void Of_several_assessments_the_most_specific_area_counts_then_the_newest()
    {
        var policy = (RuleKind.AssessmentPolicy, "p",
            (Rule)new AssessmentPolicy(2, ["*"], ["payment"], 60, "block", "block", "block"));
        Assessment Scored(string area, int score, int on) =>
            new("Care", area, "payment", score, Day.AddDays(on), Day, "assessors");

        Book(policy, (RuleKind.Assessment, "a", Scored("NE*", 10, 0)),
            (RuleKind.Assessment, "b", Scored("NE003", 90, -9))).Judge(Candidate()).Should().BeNull();
        Book(policy, (RuleKind.Assessment, "a", Scored("NE*", 90, -9)),
            (RuleKind.Assessment, "b", Scored("NE*", 10, 0))).Judge(Candidate()).Should().NotBeNull();
    }

    [Fact]
    public void An_area_that_cannot_be_entered_stops_whoever_pays_by_hand_and_nobody_else()
    {
        var book = Book(
            (RuleKind.Access, "NE*", new AreaAccess("NE*", false, Day, "UN access group")),
            (RuleKind.Access, "NE004", new AreaAccess("NE004", true, Day, "field office")));

        book.Judge(Candidate())!.Should().Match<SkippedChannel>(
            passed => passed.Reason == RouteReason.NoAccess
                && passed.By!.StartsWith("access NE* v1: closed since 2026-03-01, by UN access group"));
        book.Judge(Candidate(area: "NE004")).Should().BeNull("the more specific report counts");
        book.Judge(
            Candidate(
                Given.Way("t2-momo", 2) with
                {
                    Abilities =
                    Given.Abilities with { DisclosedFields = [DataField.Account] }
                })).Should().BeNull();
    }

    [Fact]
    public void A_partner_declines_an_area_or_single_payments_until_a_day()
    {
        var one = Obligation(1);
        Decline Of(string[] areas, string[] obligations, int? days = null) =>
            new("t2-agency", areas, obligations, "no staff", days is null ? null : Day.AddDays(days.Value));

        Book((RuleKind.Decline, "D-1", Of(["NE003"], []))).Judge(Candidate())!.By.Should()
            .Be("decline D-1 v1: no staff");
        Book((RuleKind.Decline, "D-1", Of(["NE004"], []))).Judge(Candidate()).Should().BeNull();
        Book((RuleKind.Decline, "D-1", Of([], [one.ToString()]))).Judge(Candidate(obligation: one))!.Reason.Should()
            .Be(RouteReason.Declined);
        Book((RuleKind.Decline, "D-1", Of([], [one.ToString()]))).Judge(Candidate(obligation: Obligation(2))).Should()
            .BeNull();
        Book((RuleKind.Decline, "D-1", Of(["NE003"], [], -1))).Judge(Candidate()).Should().BeNull("it is over");
        Book((RuleKind.Decline, "D-1", Of(["NE003"], []))).Judge(Candidate(Agency("t2-other"))).Should().BeNull();
    }

    [Theory]
    [InlineData("treasury", null, null, null, false)]
    [InlineData("donor", null, null, null, true)]
    [InlineData("donor", 2, "*", "donor", false)]
    [InlineData("donor", 2, "Care", "donor", false)]
    [InlineData("donor", 2, "Other", "donor", true)]
    [InlineData("donor", 1, "*", "donor", true)]
    [InlineData("donor", 2, "*", "another", true)]
    [InlineData(null, null, null, null, false)]
    public void Money_given_for_one_track_crosses_only_by_a_rule(
        string? source, int? track, string? partner, string? crosses, bool forbids)
    {
        List<(RuleKind, string, Rule)> rules =
            [(RuleKind.FundingSource, "donor", new FundingSource("donor", 1, "for the national programme"))];
        if (track is { } to)
        {
            rules.Add(
                (RuleKind.FundingCrossing, "X-1", new FundingCrossing(crosses!, to, partner!, "letter of 3 March")));
        }

        var skipped = Book([.. rules]).Judge(Candidate(source: source));

        (skipped?.Reason == RouteReason.Funding).Should().Be(forbids);
        if (forbids)
        {
            skipped!.By.Should().Be(
                "funding_source donor v1: for the national programme; nothing lets it cross to track 2 over t2-agency");
        }
    }

    [Theory]
    [InlineData("mobile", "t2-agency", "cash", "cash", true)]
    [InlineData("mobile", "t2-agency", "cash", "mobile", false)]
    [InlineData("mobile", "", "mobile", "mobile cash", false)]
    [InlineData("mobile", "*", "mobile", "mobile", true)]
    [InlineData("bank", "t2-agency", "bank", "mobile", true)]
    public void Rules_alone_decide_what_the_other_track_pays_once_there_are_any(
        string instrument, string to, string paidAs, string pays, bool reaches)
    {
        var channels = new[] { Given.Way("t1-momo", 1), Given.Way("t2-agency", 2, pays) }.ToDictionary(
            channel => channel.Code);
        var terms = Terms((RuleKind.Portability, "P-1", new Portability("t1-momo", instrument, to, paidAs)));

        var route =
            Router.Route(Request(), Given.Table(("* * *", "t1-momo t2-agency")), channels, [Given.Overlay("t1-momo")],
                terms);

        (route.Channel?.Code == "t2-agency").Should().Be(reaches);
        if (!reaches)
        {
            route.Reason.Should().BeOneOf(RouteReason.NotPortable, RouteReason.Instrument);
        }
    }

    [Theory]
    [InlineData("cash", "mobile", false)]
    [InlineData("cash", "bank", false)]
    [InlineData("cash", "cash", true)]
    [InlineData("mobile", "bank", false)]
    [InlineData("mobile", "mobile", true)]
    [InlineData("mobile", "cash", true)]
    [InlineData("bank", "mobile", false)]
    [InlineData("bank", "bank", true)]
    [InlineData("bank", "cash", true)]
    public void An_instrument_is_paid_as_itself_or_in_cash_and_never_into_a_missing_account(
        string instrument, string paidAs, bool possible) =>
        (new Portability("*", instrument, "*", paidAs).Fault() is null).Should().Be(possible);

    [Fact]
    public void A_household_without_an_account_is_reached_only_where_there_is_cash()
    {
        var table = Given.Table(("* * *", "t1-cash t2-momo t2-agency"));
        RouteChannel[] channels = [Given.Way("t1-cash", 1, "cash"), Given.Way("t2-momo", 2, "mobile"),
            Given.Way("t2-agency", 2, "cash", "NE003")];
        Route Ask(string area) =>
            Router.Route(Request(area, Instrument.Cash), table, channels.ToDictionary(channel => channel.Code),
                [Given.Overlay("t1-cash")]);

        Ask("NE003").Channel!.Code.Should().Be("t2-agency");
        Ask("NE004").Should().Match<Route>(route => route.Channel == null && route.Reason == RouteReason.Area);
    }

    [Fact]
    public void A_return_waits_for_every_check_of_its_areas()
    {
        var check = (RuleKind.Readiness, "R-1", (Rule)new Readiness("psn", ["NE003"], "the treasury pays again", 30));
        Confirmation Confirmed(bool holds, int version = 1) => new("R-1", version, holds, "seen");

        Standing(check).Missing.Should().Be("nobody has confirmed it");
        Standing(check, (RuleKind.Confirmation, "R-1", Confirmed(false))).Missing.Should()
            .StartWith("it does not hold");
        Standing(check, (RuleKind.Confirmation, "R-1", Confirmed(true, 2))).Missing.Should().Be("confirmed for v2");
        Standing(check, (RuleKind.Confirmation, "R-1", Confirmed(true))).Should()
            .Match<CheckStanding>(one => one.Met && one.ConfirmedBy == "ada@government" && one.ConfirmedAt == Given.At);
        Book(check, (RuleKind.Confirmation, "R-1", Confirmed(true))).Readiness("psn", ["NE003"], Given.At.AddDays(31))
            .Single().Met.Should().BeFalse("it was long ago");
        Book(check).Readiness("psn", ["NE004"], Given.At).Should().BeEmpty();
        Book(check).Readiness("other", [], Given.At).Should().BeEmpty();
        Book(check).Readiness("psn", [], Given.At).Should().ContainSingle();
    }

    private static CheckStanding Standing(params (RuleKind, string, Rule)[] rules) =>
        Book(rules).Readiness("psn", ["NE003"], Given.At).Single();
}
