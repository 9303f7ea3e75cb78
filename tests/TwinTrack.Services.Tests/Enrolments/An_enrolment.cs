using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using static TwinTrack.Services.Tests.Enrolments.EnrolmentsHost;
using static TwinTrack.Services.Tests.Enrolments.RegistryFile;

namespace TwinTrack.Services.Tests.Enrolments;

public sealed class An_enrolment
{
    [Fact]
    public async Task Selects_by_area_and_score_and_counts_whom_it_leaves_out()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(
            Header + Household(1) + Household(2, area: "NE002") + Household(3, score: "45.51") + Household(4));

        var run = await host.EnrolledAsync(new { areas = new[] { "NE001" }, povertyScoreMax = 45.5 });
        var whole = await host.EnrolledAsync(new { areas = new[] { "NE" } });

        A_registry_import.Numbers(run, "considered", "enrolled").Should().Equal(4, 2);
        A_registry_import.Numbers(run.GetProperty("skipped"), "outside_areas", "above_poverty_score",
            "already_enrolled").Should().Equal(1, 1, 0);
        A_registry_import.Numbers(whole, "considered", "enrolled").Should()
            .Equal([4, 2], "an area holds what lies below it");
        A_registry_import.Numbers(whole.GetProperty("skipped"), "outside_areas", "already_enrolled").Should()
            .Equal(0, 2);
    }

    [Fact]
    public async Task Refuses_an_area_that_nobody_knows()
    {
        await using var host = await StartAsync();

        var response = await host.Registrar.PostAsJsonAsync(
            "/enrolments/programmes/snsp/enrolments", new { areas = new[] { "XX" } });

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(response)).Should().Be("area.unknown");
    }

    [Fact]
    public async Task Leaves_out_likely_duplicates_until_they_are_decided()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Header + Household(1) + Household(2));
        var later = await host.ImportedAsync(
            Header + Household(3, phone: "+22790000001") + Household(4, nationalId: "id00000002") + Household(5)
                + Household(6, phone: "+22790000005"));
        A_registry_import.Numbers(later, "accepted", "flagged").Should().Equal(4, 3);

        var run = await host.EnrolledAsync(new { });
        A_registry_import.Numbers(run, "enrolled").Should().Equal(3);
        A_registry_import.Numbers(run.GetProperty("skipped"), "flagged", "excluded").Should().Equal(3, 0);

        var duplicates = (await host.GetAsync("/enrolments/duplicates?state=Open")).GetProperty("items")
            .EnumerateArray().ToList();
        duplicates.Select(one => (Text(one, "reason"), Text(one, "registryId"), Text(one, "otherRegistryId"))).Should()
            .Equal(
            ("SameAccount", "NE-000003", "NE-000001"), ("SameAccount", "NE-000006", "NE-000005"),
            ("SameNationalId", "NE-000004", "NE-000002"));
        (await DecideAsync(host, duplicates[0], "exclude")).Should().Be("Excluded");
        (await DecideAsync(host, duplicates[1], "keep")).Should().Be("Registered");
        (await host.Registrar.PostAsJsonAsync(
            $"/enrolments/duplicates/{Text(duplicates[1], "id")}/decision", new { decision = "exclude" }))
            .StatusCode.Should().Be(HttpStatusCode.Conflict, "a decision is made once");

        var again = await host.EnrolledAsync(new { });
        A_registry_import.Numbers(again, "enrolled").Should().Equal(1);
        A_registry_import.Numbers(again.GetProperty("skipped"), "flagged", "excluded", "already_enrolled").Should()
            .Equal(1, 1, 3);
    }

    [Fact]
    public async Task Is_suspended_resumed_and_ended_as_its_lifecycle_allows()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, 1));
        await host.EnrolledAsync(new { });
        var id = Text(await host.GetAsync("/enrolments/households/NE-000001"), "id");

        (await ChangeAsync(host, id, "suspend")).Should().Be((HttpStatusCode.OK, "Suspended"));
        (await ChangeAsync(host, id, "resume")).Should().Be((HttpStatusCode.OK, "Enrolled"));
        (await ChangeAsync(host, id, "exit")).Should().Be((HttpStatusCode.OK, "Exited"));
        (await ChangeAsync(host, id, "resume")).Item1.Should().Be(HttpStatusCode.Conflict);
        var audit = await host.GetAsync("/enrolments/audit");
        audit.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "action")).Should().Equal(
            "import-areas", "receive-import", "complete-import", "enrol-households", "complete-enrolment",
            "suspend-enrolment", "resume-enrolment", "exit-enrolment");
    }

    private static async Task<(HttpStatusCode, string)> ChangeAsync(EnrolmentsHost host, string household, string verb)
    {
        var response = await host.Registrar.PostAsJsonAsync(
            $"/enrolments/programmes/snsp/households/{household}/{verb}", new { reason = "asked in a test" });
        return (response.StatusCode, response.IsSuccessStatusCode
            ? Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "state") : "");
    }

    private static async Task<string> DecideAsync(EnrolmentsHost host, JsonElement duplicate, string decision)
    {
        var response = await host.Registrar.PostAsJsonAsync(
            $"/enrolments/duplicates/{Text(duplicate, "id")}/decision", new { decision });
        return Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "householdState");
    }
}
