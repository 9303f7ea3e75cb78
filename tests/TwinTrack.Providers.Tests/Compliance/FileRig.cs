using System.Text;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;
using TwinTrack.Simulators.Bank;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>A provider of files and the adapter that speaks to it over a real directory.</summary>
internal sealed class FileRig(bool bank) : Rig
{
    private readonly Folder _folder = new();
    private readonly Folder _nobody = new();
    private readonly HttpClient _http = new();
    private IAsyncDisposable? _provider;
    private Uri? _address;
    private Book? _book;

    public override Connection Connection => To(_folder.Path);

    public override Book Book => _book!;

    public override IReadOnlyList<string> Silences { get; } = ["nobody takes the files away", "the folder cannot be written", "the folder is not there"];

    public override async Task StartAsync(SimulatorOptions options)
    {
        options = options with { Directory = _folder.Path };
        if (bank)
        {
            var running = await BankSimulator.StartAsync(options, TimeProvider.System);
            (_provider, _address, _book) = (running, running.Address, running.Book);
        }
        else
        {
            var running = await AgencySimulator.StartAsync(options, TimeProvider.System);
            (_provider, _address, _book) = (running, running.Address, running.Book);
        }
    }

    public override async Task SettleLateAsync() => (await _http.PostAsync(new Uri(_address!, "/settle-late"), null)).EnsureSuccessStatusCode();

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
        var documents = bank
            ? [Text("status.pain002.xml",
                $"""
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
                  <OrgnlGrpInfAndSts><OrgnlMsgId>{unit.Reference}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>QQQQ</GrpSts></OrgnlGrpInfAndSts>
                </CstmrPmtStsRpt></Document>
                """)]
            : new List<Document>
            {
                Text($"{unit.Reference}.ack.csv", $"list,status,reason\n{unit.Reference},perhaps,\n"),
                Text("x.return.csv", "payment_id,status,delivered_amount,delivered_on,reason,list_closed\n" + string.Concat(unit.Orders.Select(order => $"{order.Reference},perhaps,,,,Y\n"))),
            };
        return Task.FromResult((To(Directory.CreateDirectory(Path.Combine(_nobody.Path, "strange")).FullName), (IReadOnlyList<Document>)documents));
    }

    public override Unit Unit(int number, int orders) => SeededOrders.Unit(number, orders, bank ? "bank" : "cash");

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

    protected override IProviderAdapter Make(TimeSpan patience) => bank ? new BankAdapter(TimeProvider.System) : new AgencyAdapter(TimeProvider.System);

    private Connection To(string directory) => bank ? Bank.BankDesk.Connection(directory) : Tests.Agency.An_agency_file.Connection(directory);

    private static Document Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
