using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using static TwinTrack.Services.Tests.Enrolments.EnrolmentsHost;
using static TwinTrack.Services.Tests.Enrolments.RegistryFile;

namespace TwinTrack.Services.Tests.Enrolments;

public sealed class A_registry_import
{
    [Fact]
    public async Task Takes_the_good_households_and_reports_every_row_of_the_bad_ones()
    {
        await using var host = await StartAsync();
        var csv = Header + Household(1) + Household(2, area: "NE999") + Household(3, phone: "2.27E+10")
            + Household(4, score: "-1") + Household(1) + Household(5);

        var import = await host.ImportedAsync(csv);

        Numbers(import, "rows", "households", "accepted", "rejected", "rowsRejected", "duplicates").Should()
            .Equal(18, 6, 2, 4, 12, 1);
        Text(import, "state").Should().Be("Completed");
        Text(import, "fate").Should().StartWith("2 good households are registered");
        (await host.ErrorsAsync(import)).Should().Contain([
            (5, "area", "area.unknown"), (6, "household_id", "household.rejected"), (8, "account", "number.scientific"),
            (11, "poverty_score", "number.negative"), (14, "household_id", "household.duplicate"),
            (16, "household_id", "household.duplicate"),
        ]);
        Directory.EnumerateFiles(Path.Combine(host.Host.Data, "uploads")).Should()
            .BeEmpty("the file holds personal data and is done with");
    }

    [Theory]
    [InlineData("household_id,area\n", "header.missing_column")]
    [InlineData("NE-1,NE001,25\n", "file.no_header")]
    [InlineData("", "file.empty")]
    public async Task Refuses_a_wrong_header_at_once(string csv, string code)
    {
        await using var host = await StartAsync();

        var response = await host.UploadAsync(csv);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ProblemAsync(response)).Should().Be(code);
        (await ProblemAsync(
            await host.UploadAsync(Header.Replace("account", "konto", StringComparison.Ordinal)))).Should()
            .Be("header.unknown_column");
    }

    [Fact]
    public async Task Refuses_megabytes_of_rubbish_at_once_and_keeps_nothing_of_it()
    {
        await using var host = await StartAsync();
        var rubbish = new byte[5 * 1024 * 1024];
        new Random(7).NextBytes(rubbish);

        using var body = new ByteArrayContent(rubbish);
        var response = await host.Registrar.PostAsync("/enrolments/imports?name=rubbish.bin", body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ProblemAsync(response)).Should().BeOneOf("file.not_utf8", "file.no_header", "file.line_too_long");
        Directory.EnumerateFiles(Path.Combine(host.Host.Data, "uploads")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("not a row at all #\n", 40, "file.mostly_bad")]
    [InlineData("\0\0\0\n", 1, "file.not_utf8")]
    [InlineData("x", 70_000, "file.line_too_long")]
    public async Task Refuses_rubbish_after_good_households_and_deletes_what_was_staged(
        string rubbish, int times, string code)
    {
        await using var host = await StartAsync();
        var good = times > 1 && rubbish.Length > 1 ? 5 : 1_500;
        var csv = Of(1, good)
            + string.Concat(
                Enumerable.Range(0, times).Select(
                    number => rubbish.Replace("#", Invariant($"{number}"), StringComparison.Ordinal)));

        var import = await host.ImportedAsync(csv);

        Text(import, "state").Should().Be("Refused");
        Text(import.GetProperty("refusal"), "code").Should().Be(code);
        Text(import, "fate").Should().StartWith("Nothing of this file is registered");
        (await host.Host.QueryAsync<EnrolmentsDb, int>(db => db.Households.CountAsync())).Should().Be(0);
        (await host.Host.QueryAsync<EnrolmentsDb, int>(db => db.Members.CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Of_the_same_file_twice_is_one_import()
    {
        await using var host = await StartAsync();
        var csv = Of(1, 3);

        var first = await host.ImportedAsync(csv);
        var again = await (await host.UploadAsync(csv)).Content.ReadFromJsonAsync<JsonElement>();

        Text(again, "id").Should().Be(Text(first, "id"));
        again.GetProperty("repeated").GetBoolean().Should().BeTrue();
        (await host.Host.QueryAsync<EnrolmentsDb, int>(db => db.Households.CountAsync())).Should().Be(3);
    }

    [Fact]
    public async Task Of_a_refused_file_may_be_tried_again()
    {
        await using var host = await StartAsync();
        var csv = Header + string.Concat(Enumerable.Range(1, 30).Select(number => Household(number, area: "NE003")));
        var refused = await host.ImportedAsync(csv);
        Text(refused, "state").Should().Be("Refused");

        await host.AreasAsync("pcode,name,parent\nNE003,Dosso,NE\n");
        var import = await host.ImportedAsync(csv);

        Text(import, "id").Should().NotBe(Text(refused, "id"));
        Numbers(import, "accepted").Should().Equal(30);
    }

    [Fact]
    public async Task Of_a_grown_registry_takes_the_new_households_only()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, 30));

        var import = await host.ImportedAsync(Of(1, 31));

        Numbers(import, "accepted", "rejected", "duplicates").Should().Equal(1, 30, 30);
    }

    [Fact]
    public async Task Stores_no_personal_data_in_the_clear()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, 3));

        var sealedNames = await host.Host.QueryAsync<EnrolmentsDb, List<string>>(
            db => db.Members.Select(member => member.NameSealed).ToListAsync());
        sealedNames.Should().HaveCount(9).And.OnlyContain(name => !name.Contains("Secret", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(host.Host.Data, "enrolments.db"));
        System.Text.Encoding.Latin1.GetString(bytes).Should()
            .NotContain("Secret1").And.NotContain("+22790000001").And.NotContain("ID00000001");
    }

    [Fact]
    public async Task Shows_a_household_masked_by_either_id()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Of(1, 1));

        var household = await host.GetAsync("/enrolments/households/NE-000001");
        var same = await host.GetAsync($"/enrolments/households/{Text(household, "id")}");

        same.GetRawText().Should().Be(household.GetRawText());
        Text(household.GetProperty("members")[0], "initials").Should().Be("A. S.");
        Text(household.GetProperty("instrument"), "account").Should().Be("••01");
        household.GetProperty("recordAgeDays").GetInt32().Should().BePositive();
        household.GetRawText().Should().NotContain("Secret").And.NotContain("0000001\"");
        (await host.Registrar.GetAsync("/enrolments/households/NE-000002")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Is_for_registrars_only()
    {
        await using var host = await StartAsync();
        using var approver = host.Host.As("otto", "government", Kernel.Role.Approver);
        using var body = new StringContent(Of(1, 1));

        (await approver.PostAsync("/enrolments/imports?name=x.csv", body)).StatusCode.Should()
            .Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Of_areas_is_all_or_nothing()
    {
        await using var host = await StartAsync();

        var response = await host.AreasAsync("pcode,name,parent\nNE004,Maradi,NE\nNE005,Tahoua,XX\n");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Text(problem.GetProperty("errors")[0], "code").Should().Be("area.parent_unknown");
        (await host.Host.QueryAsync<EnrolmentsDb, int>(db => db.Areas.CountAsync())).Should().Be(3);
    }

    internal static long[] Numbers(JsonElement element, params string[] names) =>
        [.. names.Select(name => element.GetProperty(name).GetInt64())];
}
