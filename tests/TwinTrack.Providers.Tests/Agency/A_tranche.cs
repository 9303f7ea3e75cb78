using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>Control totals, checksum and signature out; the same coming back.</summary>
public sealed class A_tranche
{
    private static readonly (string Certificate, string Key) We = Party("we");
    private static readonly (string Certificate, string Key) They = Party("they");
    private static readonly (string Certificate, string Key) Nobody = Party("they");

    [Fact]
    public async Task Is_signed_so_that_anybody_with_our_certificate_can_check_it()
    {
        using var folder = new Folder();
        await Adapter.SubmitAsync(Signing(folder), SeededOrders.Unit(3, 5, "cash"), default);

        var control = await File.ReadAllBytesAsync(folder.ToProvider("*.control.json").Single());
        var cms = new SignedCms(new ContentInfo(control), detached: true);
        cms.Decode(await File.ReadAllBytesAsync(folder.ToProvider("*.control.json.p7s").Single()));

        cms.CheckSignature(verifySignatureOnly: true);
        cms.SignerInfos[0].Certificate!.ExportCertificatePem().Should().Be(We.Certificate);
        using var changed = JsonDocument.Parse(control);
        changed.RootElement.GetProperty("file").GetString().Should()
            .Be(Path.GetFileName(folder.ToProvider("*.list.csv").Single()));
    }

    [Fact]
    public async Task Sent_again_is_the_same_tranche_and_no_second_signature()
    {
        using var folder = new Folder();
        var unit = SeededOrders.Unit(3, 5, "cash");
        await Adapter.SubmitAsync(Signing(folder), unit, default);
        var before = folder.ToProvider().ToDictionary(path => path, File.ReadAllBytes);

        // The list is lost before it was written down that it had been sent.
        File.Delete(folder.ToProvider("*.list.csv").Single());
        File.Delete(Directory.GetFiles(Path.Combine(folder.Path, "sent-log"), "*.list.csv").Single());
        await Adapter.SubmitAsync(Signing(folder), unit with { Again = true }, default);

        folder.ToProvider().ToDictionary(path => path, File.ReadAllBytes).Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task Goes_under_a_number_and_with_a_checksum_where_the_transfer_asks_for_it()
    {
        using var folder = new Folder();
        await Adapter.SubmitAsync(
            Connection(folder.Path, "twintrack", "USD", ("numbering", "files"), ("checksums", "sha256")),
            SeededOrders.Unit(3, 5, "cash"), default);

        folder.ToProvider("*.control.json").Single().Should().Contain("00000001-");
        folder.ToProvider("*.list.csv").Single().Should().Contain("00000002-");
        folder.ToProvider("*.list.csv.sha256").Should().ContainSingle();
    }

    [Theory]
    [InlineData("rows", "4")]
    [InlineData("sum", "0.01")]
    [InlineData("sha256", "00")]
    public async Task Acknowledged_with_other_totals_is_not_acknowledged(string field, string value)
    {
        using var folder = new Folder();
        var (connection, unit) = (Connection(folder.Path, "twintrack"), SeededOrders.Unit(3, 5, "cash"));
        await Adapter.SubmitAsync(connection, unit, default);
        using var control = JsonDocument.Parse(
            await File.ReadAllBytesAsync(folder.ToProvider("*.control.json").Single()));
        var totals = new Dictionary<string, string>
        {
            ["rows"] = "5",
            ["sum"] = control.RootElement.GetProperty("sum").GetString()!,
            ["sha256"] = control.RootElement.GetProperty("sha256").GetString()!,
        };

        Taken(Adapter.Read(connection, Ack(unit, totals))).Units.Single().Verdict.Outcome.Should().Be(Outcome.Accepted);
        totals[field] = value;
        var wrong = Ack(unit, totals);

        Refused(Adapter.Read(connection, wrong)).Reason.Should().Contain($"line 2: {field} is not what was sent");
        Adapter.FaultsOf(connection, wrong).Should().Equal(new RowFault(2, field, "is not what was sent"));
    }

    [Fact]
    public async Task Is_answered_by_the_partners_signature_or_not_at_all()
    {
        using var folder = new Folder();
        var connection = Connection(folder.Path, "twintrack", "USD", ("partnerCertificate", They.Certificate));
        var content = Encoding.UTF8.GetBytes("payment_id,status\np1,stopped\n");

        folder.LayDown("a.stopack.csv", content);
        (await Adapter.CollectAsync(connection, default)).Should().BeEmpty("an unsigned file is still on its way");

        folder.LayDown("a.stopack.csv.p7s", Signed(They, content));
        var documents = await Adapter.CollectAsync(connection, default);
        documents.Select(document => document.Name).Should().Equal("a.stopack.csv.p7s", "a.stopack.csv");
        Taken(Adapter.Read(connection, documents[0])).Should()
            .BeEquivalentTo(Reading.Nothing, "a signature is kept and says nothing by itself");
        Taken(Adapter.Read(connection, documents[1])).Lines.Single().Verdict.Frees.Should().BeTrue();
        foreach (var document in documents)
        {
            await Adapter.DoneAsync(connection, document, default);
        }

        folder.Files("from-provider", "*").Should().BeEmpty();
        folder.Files(Path.Combine("from-provider", "read"), "*").Should().HaveCount(2);
    }

    [Theory]
    [InlineData("somebody else of the same name")]
    [InlineData("another content")]
    [InlineData("no signature at all")]
    public async Task Answered_with_a_signature_that_does_not_hold_is_put_aside_and_says_nothing(string forgery)
    {
        using var folder = new Folder();
        var connection = Connection(folder.Path, "twintrack", "USD", ("partnerCertificate", They.Certificate));
        var content = Encoding.UTF8.GetBytes("payment_id,status\np1,stopped\n");
        folder.LayDown("a.stopack.csv.p7s", forgery switch
        {
            "somebody else of the same name" => Signed(Nobody, content),
            "another content" => Signed(They, [.. content, (byte)'\n']),
            _ => [0x30, 0x80, 1, 2, 3],
        });
        folder.LayDown("a.stopack.csv", content);

        var document = (await Adapter.CollectAsync(connection, default)).Should().ContainSingle().Which;

        Refused(Adapter.Read(connection, document)).Code.Should().Be("agency.damaged");
        folder.Files(Path.Combine("from-provider", "damaged"), "*").Should().HaveCount(2);
        (await Adapter.CollectAsync(connection, default)).Should().BeEmpty();
    }

    [Fact]
    public void Cannot_be_asked_for_with_keys_that_do_not_fit()
    {
        Refused(Adapter.Check(Connection("/d", "hope", "USD", ("signingKey", We.Key)))).Reason.Should()
            .Contain("'signingCertificate' is missing");
        Refused(Adapter.Check(
            Connection("/d", "hope", "USD", ("signingKey", They.Key),
                ("signingCertificate", We.Certificate)))).Reason.Should().Contain("'signingKey'");
        Refused(Adapter.Check(Connection("/d", "hope", "USD", ("partnerCertificate", We.Key)))).Reason.Should()
            .Contain("'partnerCertificate'");
        Taken(Adapter.Check(
            Connection("/d", "hope", "USD", ("signingKey", We.Key), ("signingCertificate", We.Certificate),
                ("partnerCertificate", They.Certificate))));
    }

    internal static byte[] Signed((string Certificate, string Key) party, byte[] content)
    {
        using var certificate = X509Certificate2.CreateFromPem(party.Certificate, party.Key);
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        cms.ComputeSignature(new CmsSigner(certificate));
        return cms.Encode();
    }

    private static Connection Signing(Folder folder) =>
        Connection(folder.Path, "twintrack", "USD", ("signingKey", We.Key), ("signingCertificate", We.Certificate));

    private static Document Ack(Unit unit, Dictionary<string, string> totals) => new(
        "x.ack.csv",
        Encoding.UTF8.GetBytes(
            $"list,status,reason,rows,sum,sha256\n{unit.Reference},accepted,,{totals["rows"]},{totals["sum"]},"
                + $"{totals["sha256"]}\n"));
}
