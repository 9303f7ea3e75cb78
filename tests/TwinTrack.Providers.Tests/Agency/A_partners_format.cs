using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExcelDataReader;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>Each shipped definition against what is public of that style, and definitions that will not do.</summary>
public sealed class A_partners_format
{
    private static readonly string P1 = SeededOrders.Reference(7, 1);
    private static readonly string P2 = SeededOrders.Reference(7, 2);

    public static TheoryData<string> Shipped => [.. PartnerFormats.Shipped];

    [Fact]
    public void Is_shipped_for_three_styles_beside_our_own() =>
        PartnerFormats.Shipped.Should().BeEquivalentTo("twintrack", "wfp-payment-advice", "hope", "121");

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Writes_every_order_of_a_list_with_its_reference_and_its_exact_amount(string format)
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(7, 200, "cash");
        await Adapter.SubmitAsync(Connection(folder.Path, format), unit, default);

        var rows = ReadBack(folder.ToProvider("*.list.*").Single());
        var definition = Taken(PartnerFormats.Of(format, SeededOrders.Currency("USD")));
        var (key, amount) = (At(definition, "payment_id"), At(definition, "amount"));

        rows[0].Should().Equal(definition.List!.Columns.Select(column => column.Header));
        rows.Skip(1).Select(row => row[key]).Should().Equal(unit.Orders.Select(order => order.Reference));
        rows.Skip(1).Sum(row => decimal.Parse(row[amount], System.Globalization.CultureInfo.InvariantCulture)).Should()
            .Be(unit.Orders.Sum(order => order.AmountMinor) / 100m);
        if (definition.List!.Form == FileForm.Csv)
        {
            // A workbook's cells are text by their type; a CSV file's are what a spreadsheet takes them for.
            rows.Skip(1).SelectMany(row => row).Should()
                .NotContain(cell => cell.StartsWith('=') || cell.StartsWith('@'));
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Writes_the_same_bytes_for_the_same_tranche(string format)
    {
        var (connection, unit) = (Connection("/nowhere", format), SeededOrders.Unit(8, 20, "cash"));
        var form = Taken(PartnerFormats.Of(format, connection.Currency)).List!;

        var first = ListWriter.Write(connection, unit, form, unit.Orders);
        await Task.Delay(TimeSpan.FromMilliseconds(2_100)); // Zip files keep time in steps of two seconds.

        ListWriter.Write(connection, unit, form, unit.Orders).Should().Equal(first);
    }

    [Fact]
    public void Of_WFP_is_the_advice_file_returned_updated()
    {
        var reading = Taken(Read("wfp-payment-advice", "x.closed-return.csv",
            "Household ID,Payment Reference,Amount,Amount Paid,Transfer Date,Bank Transfer Reference,Payment "
                + "Status,Payment Details",
            $"HH-1,{P1},60.00,60.00,30/01/2026,TR-1,Paid,",
            $"HH-2,{P2},60.00,,,,Not collected,absent"));

        reading.Lines.Select(line => (line.Reference, line.Verdict.Outcome, line.AmountMinor, line.ProviderReference))
            .Should().Equal((P1, Outcome.Settled, 6000, "TR-1"), (P2, Outcome.Rejected, null, null));
        Taken(Read("wfp-payment-advice", "x.return.csv",
            "Payment Reference,Transfer Date,Bank Transfer Reference,Payment Status,Payment Details",
            $"{P1},,,Under review,")).Lines.Single().Verdict.Outcome.Should().Be(Outcome.Unknown);
    }

    [Theory]
    [InlineData("60", Outcome.Settled, 6000L)]
    [InlineData("30.5", Outcome.Settled, 3050L)]
    [InlineData("0", Outcome.Rejected, null)]
    [InlineData("-1", Outcome.Rejected, null)]
    [InlineData("", Outcome.Unknown, null)]
    public void Of_HOPE_says_everything_by_the_delivered_quantity(string quantity, Outcome outcome, long? minor)
    {
        var answer =
            Taken(Read("hope", "x.closed-return.xlsx",
                Workbook(["delivered_quantity", "payment_id", "extra"], [quantity, P1, "seen"]))).Lines.Single();

        (answer.Reference, answer.Verdict.Outcome, answer.AmountMinor, answer.Row).Should().Be((P1, outcome, minor, 2));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void Of_HOPE_frees_nothing_while_the_list_is_open(string quantity) =>
        Taken(Read(
            "hope", "x.return.xlsx", Workbook(
                ["payment_id", "delivered_quantity"], [P1, quantity]))).Lines.Single().Verdict.Outcome.Should()
                .Be(Outcome.Unknown);

    [Theory]
    [InlineData("-2", "is negative")]
    [InlineData("2.54708E+19", "is in scientific notation")]
    [InlineData("60.005", "is not an amount in USD")]
    public void Of_HOPE_refuses_a_quantity_that_cannot_be(string quantity, string why) =>
        Refused(Read("hope", "x.return.xlsx",
            Workbook(["payment_id", "delivered_quantity"], [P1, "1"], [P2, quantity]))).Reason.Should()
            .Contain($"line 3: delivered_quantity {why}");

    [Fact]
    public void Of_121_matches_by_one_column_and_takes_success_and_error()
    {
        Taken(Read("121", "x.closed-return.csv", "referenceId;status;errorMessage", $"{P1};success;",
            $"{P2};error;no such wallet")).Lines
            .Select(line => (line.Reference, line.Verdict.Outcome)).Should()
            .Equal((P1, Outcome.Settled), (P2, Outcome.Rejected));

        Refused(Read("121", "x.return.csv", "referenceId,status,errorMessage", $"{P1},success,but why")).Reason.Should()
            .Contain("errorMessage must be empty");
        Refused(Read("121", "x.return.csv", "referenceId,status", $"{P1},success", $"{P1},error")).Reason.Should()
            .Contain("line 3: referenceId is there twice");
        Refused(Read("121", "x.return.csv", "referenceId,status", "2.54708E+11,success")).Reason.Should()
            .Contain("scientific notation");
        Refused(Read("121", "x.return.csv", "referenceId,referenceId,status", $"{P1},{P2},success")).Code.Should()
            .Be("agency.column_twice");
    }

    [Fact]
    public void May_speak_JSON_both_ways()
    {
        const string definition =
            """{"name":"json","list":{"form":"json","columns":[{"header":"ref","field":"payment_id"},{"header":"sum","field":"amount"}]},"returns":{"form":"json","rows":"payments","columns":{"payment_id":"ref","status":"state","amount":"paid?"},"words":{"done":"delivered"}}}""";
        var unit = SeededOrders.Unit(7, 2, "cash");
        var connection = Connection("/nowhere", definition);
        using var list =
            JsonDocument.Parse(
                ListWriter.Write(connection, unit, Taken(PartnerFormats.Of(definition, connection.Currency)).List!,
                    unit.Orders));

        list.RootElement.EnumerateArray().Select(item => item.GetProperty("ref").GetString()).Should()
            .Equal(unit.Orders.Select(order => order.Reference));
        Taken(Read(definition, "x.return.json",
            $$"""{"a":[1,{"b":2}],"payments":[{"ref":"{{P1}}","state":"DONE","paid":30.5,"more":null},"""
                + $$"""{"state":"gone","ref":"{{P2}}"}],"z":{} }""")).Lines
            .Select(line => (line.Reference, line.Verdict.Outcome, line.AmountMinor, line.Row)).Should()
            .Equal((P1, Outcome.Settled, 3050, 1), (P2, Outcome.Unknown, null, 2));
        Refused(Read(definition, "x.return.json",
            $$"""[{"ref":"{{P1}}","state":"done","paid":2.5E+1}]""")).Reason.Should()
            .Contain("line 1: paid is in scientific notation");
        Refused(Read(definition, "x.return.json",
            $$"""[{"ref":"{{P1}}","ref":"{{P2}}","state":"done"}]""")).Code.Should().Be("agency.column_twice");
        Refused(Read(definition, "x.return.json", $$"""[{"ref":"{{P1}}","state":"done"}""")).Code.Should()
            .Be("agency.not_json");
    }

    [Fact]
    public void Has_its_own_separators_points_dates_places_and_letters()
    {
        const string definition =
            """{"name":"own","list":{"form":"csv","separator":";","point":",","decimals":3,"encoding":"windows-1252","dates":"dd.MM.yyyy","columns":[{"header":"Nr","field":"payment_id"},{"header":"Montant","field":"amount"},{"header":"Fin","field":"valid_until"},{"header":"État","value":"à payer"}]},"returns":{"form":"csv","separator":"|","point":",","headerRow":3,"columns":{"payment_id":"Nr","status":"État","amount":"Payé"},"words":{"payé":"delivered"}}}""";
        var unit = SeededOrders.Unit(7, 1, "cash");
        var connection = Connection("/nowhere", definition);
        var list =
            ListWriter.Write(connection, unit with { Orders = [unit.Orders[0] with { AmountMinor = 6050 }] },
                Taken(PartnerFormats.Of(definition, connection.Currency)).List!,
                [unit.Orders[0] with { AmountMinor = 6050 }]);

        Encoding.Latin1.GetString(list).Should().Be($"Nr;Montant;Fin;État\n{P1};60,500;10.02.2026;à payer\n");
        Taken(Read(definition, "x.return.csv", "A report", "of today", "Nr|État|Payé",
            $"{P1}|PAYÉ|60,50")).Lines.Single().AmountMinor.Should().Be(6050);
        Refused(Read(definition, "x.return.csv", "A report", "of today", "Nr|État|Payé",
            $"{P1}|payé|6x")).Reason.Should().Contain("line 4: Payé");
        foreach (var thousands in new[] { "6.05", "6.000", "6.000,00" })
        {
            Refused(Read(definition, "x.return.csv", "A report", "of today", "Nr|État|Payé",
                $"{P1}|payé|{thousands}")).Reason.Should().Contain("line 4: Payé", "its point is a comma");
        }
    }

    [Fact]
    public void With_a_decimal_comma_still_reads_the_numbers_of_JSON()
    {
        const string definition = """
            {
              "name": "own",
              "list": {
                "form": "json",
                "columns": [{ "header": "ref", "field": "payment_id" }, { "header": "due", "field": "amount" }]
              },
              "returns": {
                "form": "json", "point": ",",
                "columns": { "payment_id": "ref", "status": "state", "amount": "paid" },
                "words": { "done": "delivered" }
              }
            }
            """;

        Taken(Read(definition, "x.return.json", $$"""[{"ref":"{{P1}}","state":"done","paid":30.5}]""")).Lines.Single()
            .AmountMinor.Should().Be(3050);
    }

    [Fact]
    public async Task Closes_by_a_files_name_only_the_list_that_the_name_begins_with()
    {
        using var folder = new Folder();
        var (connection, unit) = (Connection(folder.Path, "121"), SeededOrders.Unit(3, 2, "cash"));
        await Adapter.SubmitAsync(connection, unit, default);
        var content = Encoding.UTF8.GetBytes($"referenceId,status\n{P1},error\n");

        Taken(Adapter.Read(connection, new Document($"{unit.Reference}.closed-return.csv", content))).OnlyUnit.Should()
            .Be(unit.Reference);
        Taken(Adapter.Read(connection, new Document("day-1.closed-return.csv", content))).OnlyUnit.Should().BeNull();
        Taken(Adapter.Read(connection, new Document($"{unit.Reference}.return.csv", content))).OnlyUnit.Should()
            .BeNull("it closes nothing");
    }

    [Theory]
    [InlineData("nobody", "format")]
    [InlineData("{", "format")]
    [InlineData("""{"name":"a","lisst":{}}""", "format.lisst")]
    [InlineData("""{"name":"a","list":{"form":"csv","columns":[{"header":"A","field":"nickname"}]}}""",
        "format.list.columns.field")]
    [InlineData("""{"name":"a","list":{"form":"csv","columns":[{"header":"A","field":"amount"}]}}""",
        "format.list.columns.field")]
    [InlineData("""{"name":"a","list":{"form":"csv","columns":[{"header":"A","field":"payment_id","value":"x"}]}}""",
        "format.list.columns")]
    [InlineData("""{"name":"a","list":{"form":"csv","columns":[{"header":"A","field":"payment_id"},"""
        + """{"header":"a","field":"amount"}]}}""", "format.list.columns.header")]
    [InlineData("""{"name":"a","list":{"form":"csv","decimals":1,"columns":[{"header":"A","field":"payment_id"},"""
        + """{"header":"B","field":"amount"}]}}""", "format.list.decimals")]
    [InlineData("""{"name":"a","list":{"form":"pdf","columns":[]}}""", "format.list.form")]
    [InlineData("""{"name":"a","list":{"form":"csv","separator":"-","columns":[{"header":"A","field":"payment_id"},"""
        + """{"header":"B","field":"amount"}]}}""", "format.list.separator")]
    [InlineData("""{"name":"a","returns":{"form":"csv","columns":{"status":"S"}}}""", "format.returns.columns")]
    [InlineData("""{"name":"a","returns":{"form":"csv","columns":{"payment_id":"P","obligation_id":"O","status":"S"}}}""", "format.returns.columns")]
    [InlineData("""{"name":"a","returns":{"form":"csv","columns":{"payment_id":"P"}}}""",
        "format.returns.columns.status")]
    [InlineData("""{"name":"a","returns":{"form":"csv","columns":{"payment_id":"P","status":"S"},"words":{"Paid":"settled"}}}""", "format.returns.words")]
    [InlineData("""{"name":"a","returns":{"form":"csv","dates":"dd/MM","columns":{"payment_id":"P","status":"S"}}}""",
        "format.returns.dates")]
    [InlineData("""{"name":"a","returns":{"form":"csv","encoding":"utf-7","columns":{"payment_id":"P","status":"S"}}}""", "format.returns.encoding")]
    public void That_will_not_do_is_refused_when_it_is_put_and_names_the_field(string format, string field)
    {
        var refusal = Refused(Adapter.Check(Connection("/nowhere", format)));

        refusal.Code.Should().Be("connection.format_unreadable");
        refusal.Reason.Should().Contain($"'{field}");
    }

    /// <summary>
    /// Read with what the adapter does not use: the simulators' CSV, and the workbook as a data reader has it.
    /// </summary>
    private static List<string[]> ReadBack(string path)
    {
        if (path.EndsWith(".csv", StringComparison.Ordinal))
        {
            return Csv.Read(File.ReadAllText(path));
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(File.OpenRead(path));
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(at => reader.GetString(at) ?? "")]);
        }

        return rows;
    }

    private static int At(PartnerFormat format, string field) =>
        format.List!.Columns.ToList().FindIndex(column => column.Field == field);
}
