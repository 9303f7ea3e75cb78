namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// What people really send: each a clear error that names row and field, and the fate of the good rows said.
/// </summary>
public sealed class Bad_input(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Header =
        "household_id,area,poverty_score,registered_on,member,name,sex,birth_date,national_id,instrument,account,"
            + "bank_bic\n";
    private const string Good = "H-1,NE008,20,2026-01-10,1,Aichatou Garba,F,1980-05-05,,mobile,+22790000001,\n";

    [Fact]
    public async Task With_wrong_columns_is_refused_whole()
    {
        var run = await ImportAsync("columns.csv", "household_id,area,where\nH-1,NE008,x\n");

        run.Code.Should().Be(2, run.All);
        run.Errors.Should().Contain("header.");
    }

    [Theory]
    [InlineData("H-2,NE999,20,2026-01-10,1,Moussa Idi,M,1980-05-05,,mobile,+22790000002,", "area")]
    [InlineData("H-3,NE008,20,2026-01-10,1,Moussa Idi,M,1980-05-05,,mobile,2.2790E+10,", "account")]
    [InlineData("H-4,NE008,-20,2026-01-10,1,Moussa Idi,M,1980-05-05,,mobile,+22790000004,", "poverty_score")]
    [InlineData("H-5,NE008,20,2026-01-10,1,,M,1980-05-05,,mobile,+22790000005,", "name")]
    public async Task In_one_row_is_named_by_row_and_field_and_the_good_rows_are_taken(string row, string field)
    {
        // Another good household for each case: they meet in one host.
        var good = Good.Replace("H-1", $"G-{row[2]}", StringComparison.Ordinal)
            .Replace("0000001", $"100000{row[2]}", StringComparison.Ordinal);

        var run = await ImportAsync("row.csv", Header + good + row + "\n");

        run.Code.Should().Be(0, run.All);
        run.Output.Should().Contain("accepted 1").And.Contain("rejected 1").And.MatchRegex($@"(?m)^\s*3\s+{field}\s");
    }

    [Fact]
    public async Task With_a_household_twice_takes_the_first_and_reports_the_second()
    {
        var other = Good.Replace("H-1", "T-2", StringComparison.Ordinal)
            .Replace("0000001", "7000002", StringComparison.Ordinal);
        var twice = Good.Replace("H-1", "T-1", StringComparison.Ordinal)
            .Replace("0000001", "7000001", StringComparison.Ordinal);

        var run = await ImportAsync("twice.csv", Header + twice + other + twice);

        run.Code.Should().Be(0, run.All);
        run.Output.Should().Contain("accepted 2").And.Contain("duplicates 1");
    }

    [Fact]
    public async Task Of_a_hundred_megabytes_of_rubbish_is_refused_and_changes_nothing()
    {
        var path = host.File("rubbish.csv", "");
        await using (var file = File.OpenWrite(path))
        {
            var block = new byte[1024 * 1024];
            for (var index = 0; index < block.Length; index++)
            {
                block[index] = (byte)(((index * 31) + (index >> 7)) & 0xFF);
            }

            for (var megabyte = 0; megabyte < 100; megabyte++)
            {
                await file.WriteAsync(block);
            }
        }

        var run = await ImportAsync(path);

        run.Code.Should().Be(2, run.All);
        run.Errors.Should().MatchRegex("(file|header)\\.");
    }

    [Fact]
    public async Task With_a_negative_amount_of_money_is_refused()
    {
        var run = await host.AsAsync("finance", "funds", "deposit", "NE-SSN", "treasury", "XOF", "--", "-5");

        run.Code.Should().Be(2, run.All);
    }

    [Fact]
    public async Task With_a_negative_base_amount_is_refused_by_name()
    {
        var file = host.File("negative.json", """
            { "name": "Negative", "currency": "XOF",
              "parameters": { "base": { "baseMinor": -15000, "perMemberMinor": 0, "membersMax": 8, "fundingSource": "treasury" } } }
            """);

        var run = await host.AsAsync("admin", "programme", "define", "NEGATIVE", file);

        run.Code.Should().Be(2, run.All);
        run.Errors.Should().Contain("parameters.");
    }

    private async Task<CommandLine> ImportAsync(string name, string content) =>
        await ImportAsync(host.File(name, content));

    private async Task<CommandLine> ImportAsync(string path)
    {
        var areas =
            await host.AsAsync("admin", "registry", "areas",
                host.File("areas.csv", "pcode,name,parent\nNER,Niger,\nNE008,Niamey,NER\n"));
        areas.Code.Should().Be(0, areas.All);
        return await host.AsAsync("registrar", "registry", "import", path);
    }
}
