using System.Text;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;
using TwinTrack.Simulators.Bank;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>A provider of files and the adapter that speaks to it over a real directory.</summary>
/// <param name="style">The agency's; null: it is a bank.</param>
internal sealed class FileRig(string? style) : Rig
{
    private readonly bool _bank = style is null;
    private readonly Folder _folder = new();
    private readonly Folder _nobody = new();
    private readonly HttpClient _http = new();
    private IAsyncDisposable? _provider;
    private Uri? _address;
    private ProviderLedger? _ledger;

    public override Connection Connection => To(_folder.Path);

    public override ProviderLedger Ledger => _ledger!;

    public override IReadOnlyList<string> Silences { get; } =
        ["nobody takes the files away", "the folder cannot be written", "the folder is not there"];

    public override async Task StartAsync(SimulatorOptions options)
    {
        options = options with { Directory = _folder.Path };
        if (_bank)
        {
            var running = await BankSimulator.StartAsync(options, TimeProvider.System);
            (_provider, _address, _ledger) = (running, running.Address, running.Ledger);
        }
        else
        {
            var running = await AgencySimulator.StartAsync(options with { Style = style! }, TimeProvider.System);
            (_provider, _address, _ledger) = (running, running.Address, running.Ledger);
        }
    }

    public override async Task SettleLateAsync() =>
        (await _http.PostAsync(new Uri(_address!, "/settle-late"), null)).EnsureSuccessStatusCode();

    public override async Task<Connection> SilentAsync(string silence)
    {
        var path = Path.Combine(_nobody.Path, Path.GetRandomFileName());
        if (silence == Silences[0])
        {
            Directory.CreateDirectory(path);
        }
        else if (silence == Silences[1])
        {
            await File.WriteAllTextAsync(path, "in the way");
        }

        return To(path);
    }

    public override Task<(Connection Connection, IReadOnlyList<Document> Documents)> UnlistedAsync(Unit unit)
    {
        var documents = _bank
            ? [Text("status.pain002.xml",
                $"""
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
                  <OrgnlGrpInfAndSts><OrgnlMsgId>{unit.Reference}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>QQQQ</GrpSts></OrgnlGrpInfAndSts>
                </CstmrPmtStsRpt></Document>
                """)]
            : new List<Document>
            {
                Text($"{unit.Reference}.ack.csv", $"list,status,reason\n{unit.Reference},perhaps,\n"),
                Strange(unit),
            };
        return Task.FromResult(
            (To(Directory.CreateDirectory(Path.Combine(_nobody.Path, "strange")).FullName),
                (IReadOnlyList<Document>)documents));
    }

    public override Unit Unit(int number, int orders) => SeededOrders.Unit(number, orders, _bank ? "bank" : "cash");

    public override async ValueTask DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
        _nobody.Dispose();
    }

    protected override IProviderAdapter Make(TimeSpan patience) =>
        _bank ? new BankAdapter(TimeProvider.System) : new AgencyAdapter(TimeProvider.System);

    private Connection To(string directory) =>
        _bank ? Bank.BankScene.Connection(directory)
            : Tests.Agency.AgencyScene.Connection(directory, style == "wfp" ? "wfp-payment-advice" : style!);

    /// <summary>HOPE has no words: what is left to it is a quantity that says nothing.</summary>
    private Document Strange(Unit unit) => style switch
    {
        "wfp" => Rows(
            "x.closed-return.csv",
            "Payment Reference,Transfer Date,Bank Transfer Reference,Payment Status,Payment Details", unit,
            ",,,perhaps,"),
        "hope" =>
            new("x.closed-return.xlsx", Tests.Agency.AgencyScene.Workbook(
                [["payment_id", "delivered_quantity"], .. unit.Orders.Select(order => new[] { order.Reference, "" })])),
        "121" => Rows("x.closed-return.csv", "referenceId,status", unit, ",perhaps"),
        _ => Rows("x.return.csv", "payment_id,status,delivered_amount,delivered_on,reason,list_closed", unit,
            ",perhaps,,,,Y"),
    };

    private static Document Rows(string name, string header, Unit unit, string rest) =>
        Text(name, header + "\n" + string.Concat(unit.Orders.Select(order => $"{order.Reference}{rest}\n")));

    private static Document Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
