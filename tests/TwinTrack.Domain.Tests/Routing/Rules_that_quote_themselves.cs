using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;
using static TwinTrack.Domain.Tests.Routing.RuleGiven;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Rules_that_quote_themselves
{
    private static readonly string[] Everything = ["household_id", "name", "alternate", "account", "area"];

    [Theory]
    [InlineData(1, 9, "*", 5, "begins 2026-03-02")]
    [InlineData(-9, -1, "*", 5, "ended 2026-02-28")]
    [InlineData(0, 0, "NE004", 5, "does not cover NE003")]
    [InlineData(0, 0, "*", 3, "does not allow account, area")]
    public void An_agreement_says_what_it_lacks(int from, int until, string area, int fields, string lacks) =>
        Book((RuleKind.Agreement, "A-1", new Agreement(
            "Care", "x", Everything[..fields], [area], Day.AddDays(from), Day.AddDays(until))))
            .Judge(Candidate())!.By.Should().Be($"agreement A-1 v1: {lacks}");

    [Fact]
    public void One_agreement_that_covers_the_payment_is_enough()
    {
        var old = new Agreement("Care", "x", Everything, ["*"], Day.AddDays(-9), Day.AddDays(-1));

        Book((RuleKind.Agreement, "A-1", old), (RuleKind.Agreement, "A-2", old with { Until = Day }),
            (RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", true))).Judge(Candidate()).Should().BeNull();
    }

    [Fact]
    public void A_policy_of_the_partner_itself_goes_before_one_of_all()
    {
        Book((RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", false)),
            (RuleKind.AgreementPolicy, "own", new AgreementPolicy("Care", true))).Judge(Candidate())!.By.Should()
            .Be("agreement_policy own v1: there is none");
        Book((RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", false)),
            (RuleKind.Agreement, "A-1", new Agreement("Care", "x", [], ["*"], Day, Day))).Judge(Candidate()).Should()
            .BeNull("a policy may lift what an agreement asks");
    }

    [Theory]
    [InlineData("t1-momo", 1, "government", true)]
    [InlineData("t1-momo", 1, "t1-momo", true)]
    [InlineData("t1-momo", 1, "Care", true)]
    [InlineData("t1-momo", 1, "other", false)]
    [InlineData("t2-agency", 2, "government", false)]
    public void An_assessment_is_about_a_channel_its_provider_or_the_government(
        string code, int track, string subject, bool about) =>
        new Assessment(subject, "NE003", "payment", 50, Day, Day, "assessors")
            .IsAbout(Candidate(Given.Way(code, track) with { Provider = "Care" })).Should().Be(about);

    [Theory]
    [InlineData("NE003", true)]
    [InlineData("NE004", false)]
    public void An_assessment_is_about_its_area(string area, bool about) =>
        new Assessment("government", area, "payment", 50, Day, Day, "assessors")
            .IsAbout(Candidate(Given.Way("t1-momo", 1))).Should().Be(about);

    [Theory]
    [InlineData(2, "NE003", "NE003", true)]
    [InlineData(1, "NE003", "NE003", false)]
    [InlineData(2, "NE003", "NE004", false)]
    public void A_policy_of_assessments_is_about_its_track_and_areas(
        int track, string area, string policyArea, bool blocks) =>
        (Book((RuleKind.AssessmentPolicy, "p", new AssessmentPolicy(
            track, [policyArea], ["payment"], 60, "block", "block", "block"))).Judge(Candidate(area: area)) is not null)
            .Should().Be(blocks);

    [Theory]
    [InlineData(null, 0, "assessment_policy p v1: no assessment of payment")]
    [InlineData(80, -1, "assessment S-1 v1: of payment, ended 2026-02-28")]
    [InlineData(59, 0, "assessment S-1 v1: of payment, 59 of 60 asked for")]
    [InlineData(60, 0, null)]
    public void A_judged_assessment_says_what_is_wrong(int? score, int endsIn, string? quote)
    {
        List<(RuleKind, string, Rule)> rules =
            [(RuleKind.AssessmentPolicy, "p", new AssessmentPolicy(2, ["*"], ["payment"], 60, "warn", "warn", "warn"))];
        if (score is { } given)
        {
            rules.Add((RuleKind.Assessment, "S-1", new Assessment(
                "Care", "*", "payment", given, Day.AddDays(-30), Day.AddDays(endsIn), "assessors")));
        }

        Book([.. rules]).Warnings(Candidate()).Should().Equal(quote is null ? [] : [quote]);
    }

    [Fact]
    public void Each_function_asked_for_is_judged_by_its_own_assessment()
    {
        var book = Book(
            (RuleKind.AssessmentPolicy, "p",
                new AssessmentPolicy(2, ["*"], ["payment", "staffing"], 60, "warn", "warn", "warn")),
            (RuleKind.Assessment, "S-1", new Assessment("Care", "*", "payment", 90, Day, Day, "assessors")));

        book.Warnings(Candidate()).Should().Equal("assessment_policy p v1: no assessment of staffing");
    }

    [Fact]
    public void A_warning_is_told_with_the_route()
    {
        var book = Book(
            (RuleKind.AssessmentPolicy, "p", new AssessmentPolicy(1, ["*"], ["payment"], 60, "warn", "warn", "warn")));

        var route = Router.Route(Request(), Given.Table(("* * *", "t1-momo")),
            new Dictionary<string, RouteChannel> { ["t1-momo"] = Given.Way("t1-momo", 1) }, [],
            new RouteTerms(book, Day));

        route.Why.Should().Be("rule * × * × * → t1-momo "
            + "[t1-momo:warning(assessment_policy p v1: no assessment of payment)]");
    }

    [Fact]
    public void A_red_line_of_an_unknown_authority_matches_where_nobody_has_reported_one()
    {
        var line = (RuleKind.Constraint, "C-1", (Rule)new Constraint("*", "*", "unknown", "*", "*", "no"));

        Book(line).Judge(Candidate())!.Reason.Should().Be(RouteReason.RedLine);
        Book(line, (RuleKind.Access, "NE003", new AreaAccess("NE003", true, Day, "field office"))).Judge(Candidate())
            .Should().NotBeNull("the report names no authority");
        Book(line, (RuleKind.Access, "NE003", new AreaAccess("NE003", true, Day, "field office", "front")))
            .Judge(Candidate()).Should().BeNull();
    }

    [Fact]
    public void Before_a_channel_has_declared_itself_it_may_disclose_everything_and_pay_by_hand()
    {
        var undeclared = Candidate(Given.Way("t2-new", 2) with { Abilities = null });

        undeclared.Discloses.Should().Equal(Enum.GetValues<DataField>());
        AreaAccess.IsNeededBy(undeclared.Channel).Should().BeTrue();
        AreaAccess.IsNeededBy(Agency()).Should().BeTrue();
        AreaAccess.IsNeededBy(Given.Way("t2-momo", 2)).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, RouteReason.RedLine)]
    [InlineData(1, RouteReason.NoAgreement)]
    [InlineData(2, RouteReason.Assessment)]
    [InlineData(3, RouteReason.NoAccess)]
    [InlineData(4, RouteReason.Declined)]
    [InlineData(5, RouteReason.Funding)]
    [InlineData(6, null)]
    public void The_first_reason_in_order_is_the_one_told(int without, RouteReason? reason)
    {
        (RuleKind, string, Rule)[] rules =
        [
            (RuleKind.Constraint, "C-1", new Constraint("*", "NE003", "*", "*", "*", "no")),
            (RuleKind.AgreementPolicy, "all", new AgreementPolicy("*", true)),
            (RuleKind.AssessmentPolicy, "p", new AssessmentPolicy(2, ["*"], ["payment"], 60, "block", "warn", "warn")),
            (RuleKind.Access, "*", new AreaAccess("*", false, Day, "UN access group")),
            (RuleKind.Decline, "D-1", new Decline("t2-agency", ["*"], [], "no staff")),
            (RuleKind.FundingSource, "treasury", new FundingSource("treasury", 1, "for track 1")),
        ];

        (Book(rules[without..]).Judge(Candidate())?.Reason).Should().Be(reason);
    }

    [Fact]
    public void The_rules_of_a_place_are_named_by_kind_id_and_version_in_order()
    {
        var book = Book(
            (RuleKind.Constraint, "C-2", new Constraint("*", "NE003", "*", "*", "*", "no")),
            (RuleKind.Constraint, "C-1", new Constraint("*", "NE004", "*", "*", "*", "no")),
            (RuleKind.FundingSource, "donor", new FundingSource("donor", 1, "for track 1")),
            (RuleKind.Access, "NE0*", new AreaAccess("NE0*", true, Day, "field office")),
            (RuleKind.Readiness, "R-1", new Readiness("psn", ["*"], "the treasury pays")),
            (RuleKind.Confirmation, "R-1", new Confirmation("R-1", 1, true, "seen")));

        book.NamesFor(["NE003", "TD001"]).Should()
            .Equal("access NE0* v1", "constraint C-2 v1", "funding_source donor v1");
    }

    [Theory]
    [InlineData("*", false, false)]
    [InlineData("donor", false, true)]
    [InlineData("*", true, true)]
    public void Funding_matters_where_a_rule_speaks_of_it(string funding, bool source, bool matters)
    {
        List<(RuleKind, string, Rule)> rules =
            [(RuleKind.Constraint, "C-1", new Constraint("Care", "*", "*", "*", funding, "no"))];
        if (source)
        {
            rules.Add((RuleKind.FundingSource, "donor", new FundingSource("donor", 1, "for track 1")));
        }

        Book([.. rules]).LooksAtFunding.Should().Be(matters);
    }

    [Fact]
    public void Obligations_named_in_declines_are_known()
    {
        var book = Book((RuleKind.Decline, "D-1", new Decline("c", [], [Obligation(1).ToString()], "moved")));

        book.Named.Should().Equal(Obligation(1));
        book.Names(Obligation(1)).Should().BeTrue();
        book.Names(Obligation(2)).Should().BeFalse();
    }

    [Theory]
    [InlineData(null, null, "mobile", true)]
    [InlineData("t1-bank", "t2-agency", "mobile", true)]
    [InlineData("t1-momo", "t2-agency", "mobile", true)]
    [InlineData("*", "*", "mobile", true)]
    [InlineData("t1-momo", "t2-other", "mobile", false)]
    [InlineData("t1-momo", "", "mobile", false)]
    public void A_channel_is_paid_over_another_as_the_rules_of_both_say(
        string? from, string? to, string instrument, bool ported)
    {
        var book = from is null
            ? RuleSet.Empty : Book((RuleKind.Portability, "P-1", new Portability(from, instrument, to!, "mobile")));

        book.Ported(Given.Way("t1-momo", 1), Instrument.Mobile, Given.Way("t2-agency", 2)).Should()
            .Be(ported ? Instrument.Mobile : null);
    }

    [Fact]
    public void Of_several_ways_over_a_channel_the_first_that_it_pays_is_taken()
    {
        var book = Book((RuleKind.Portability, "P-1", new Portability("*", "mobile", "*", "mobile")),
            (RuleKind.Portability, "P-2", new Portability("*", "mobile", "*", "cash")));

        book.Ported(Given.Way("t1-momo", 1), Instrument.Mobile, Given.Way("t2-agency", 2, "cash")).Should()
            .Be(Instrument.Cash);
        book.Ported(Given.Way("t1-momo", 1), Instrument.Mobile, Given.Way("t2-agency", 2)).Should()
            .Be(Instrument.Mobile);
    }

    [Fact]
    public void Without_a_rule_an_adapter_that_pays_no_foreign_accounts_ports_nothing()
    {
        var own = Given.Way("t2-momo", 2) with { Abilities = Given.Abilities with { Portability = false } };

        RuleSet.Empty.Ported(Given.Way("t1-momo", 1), Instrument.Mobile, own).Should().BeNull();
        RuleSet.Empty.Ported(Given.Way("t1-momo", 1), Instrument.Mobile, own with { Abilities = null }).Should()
            .Be(Instrument.Mobile, "it is refused later, as not declared");
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_confirmation_counts_to_the_end_of_its_days(int days, bool met)
    {
        var book = Book((RuleKind.Readiness, "R-1", new Readiness("*", ["NE*"], "the treasury pays", 30)),
            (RuleKind.Confirmation, "R-1", new Confirmation("R-1", 1, true, "seen")));

        var standing = book.Readiness("psn", ["NE003"], Given.At.AddDays(days)).Single();

        standing.Met.Should().Be(met);
        standing.Missing.Should().Be(met ? null : "confirmed more than 30 days ago");
        (standing.Check, standing.Text).Should().Be(("readiness R-1 v1", "the treasury pays"));
    }

    [Fact]
    public void What_is_missing_for_a_return_is_told_and_what_is_met_is_not()
    {
        var book = Book((RuleKind.Readiness, "R-1", new Readiness("*", ["*"], "the treasury pays")),
            (RuleKind.Readiness, "R-2", new Readiness("*", ["*"], "agents are open")),
            (RuleKind.Readiness, "R-3", new Readiness("*", ["*"], "roads are open")),
            (RuleKind.Confirmation, "R-2", new Confirmation("R-2", 1, true, "seen")),
            (RuleKind.Confirmation, "R-3", new Confirmation("R-3", 1, false, "a bridge is down")));

        RuleRefusals.NotReady(book.Readiness("psn", [], Given.At)).Reason.Should().Be(
            "Track 1 is not ready: readiness R-1 v1, the treasury pays (nobody has confirmed it); "
            + "readiness R-3 v1, roads are open (it does not hold: a bridge is down). "
            + "Meet and confirm them, then ask again.");
    }
}
