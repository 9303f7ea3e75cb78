using System.Security.Cryptography;
using System.Text;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>The contract with whoever moves files between the directory and the bank.</summary>
public sealed class A_shared_directory
{
    private const string Status = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
          <OrgnlGrpInfAndSts><OrgnlMsgId>U1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>ACTC</GrpSts></OrgnlGrpInfAndSts>
        </CstmrPmtStsRpt></Document>
        """;

    [Fact]
    public async Task Numbers_files_without_a_gap_and_each_of_them_once()
    {
        using var folder = new Folder();
        var connection = BankScene.With(BankScene.Connection(folder.Path), ("numbering", "files"));
        var units = Enumerable.Range(1, 5).Select(seed => SeededOrders.Unit(seed, 2)).ToList();
        foreach (var unit in units)
        {
            await BankScene.Adapter.SubmitAsync(connection, unit, default);
            await BankScene.Adapter.SubmitAsync(connection, unit, default);
        }

        await BankScene.Adapter.RecallAsync(connection, units[0], units[0].Orders, default);

        var names = folder.ToProvider().Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        names.Select(name => name![..9]).Should()
            .Equal("00000001-", "00000002-", "00000003-", "00000004-", "00000005-", "00000006-");
        names[2].Should().Be($"00000003-{units[2].Reference}.pain001.xml");
    }

    [Fact]
    public async Task Gives_a_file_the_same_number_after_a_crash_before_it_was_on_record()
    {
        using var folder = new Folder();
        var (connection, unit) = (BankScene.With(BankScene.Connection(folder.Path), ("numbering", "files")),
            SeededOrders.Unit(1, 2));
        await BankScene.Adapter.SubmitAsync(connection, unit, default);
        Directory.Delete(Path.Combine(folder.Path, "sent-log"), recursive: true);

        await BankScene.Adapter.SubmitAsync(connection, unit, default);

        folder.ToProvider().Should().ContainSingle().Which.Should().EndWith($"00000001-{unit.Reference}.pain001.xml");
    }

    [Fact]
    public async Task Has_no_second_recall_in_it_after_a_crash_before_the_first_was_on_record()
    {
        using var folder = new Folder();
        var (connection, unit) = (BankScene.With(BankScene.Connection(folder.Path), ("numbering", "files")),
            SeededOrders.Unit(1, 2));
        await BankScene.Adapter.RecallAsync(connection, unit, unit.Orders, default);
        Directory.Delete(Path.Combine(folder.Path, "sent-log"), recursive: true);

        await BankScene.Adapter.RecallAsync(connection, unit, unit.Orders, default);

        folder.ToProvider().Should().ContainSingle().Which.Should().Contain("00000001-");
    }

    [Fact]
    public async Task Passes_over_the_draft_of_a_number_that_a_crash_left()
    {
        using var folder = new Folder();
        var connection = BankScene.With(BankScene.Connection(folder.Path), ("numbering", "files"));
        var numbers = Directory.CreateDirectory(Path.Combine(folder.Path, "sent-numbers")).FullName;
        await File.WriteAllTextAsync(Path.Combine(numbers, "0f3c.tmp"), "");

        await BankScene.Adapter.SubmitAsync(connection, SeededOrders.Unit(1, 2), default);

        folder.ToProvider().Should().ContainSingle().Which.Should().Contain("00000001-");
    }

    [Fact]
    public async Task Gives_every_file_a_checksum_that_sha256sum_would_accept()
    {
        using var folder = new Folder();
        var connection =
            BankScene.With(BankScene.Connection(folder.Path), ("numbering", "files"), ("checksums", "sha256"));
        await BankScene.Adapter.SubmitAsync(connection, SeededOrders.Unit(1, 2), default);

        var file = folder.ToProvider("*.xml").Should().ContainSingle().Which;
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
        (await File.ReadAllTextAsync($"{file}.sha256")).Should().Be($"{hash}  {Path.GetFileName(file)}\n");
    }

    [Fact]
    public async Task Is_not_read_before_the_checksum_is_there()
    {
        using var folder = new Folder();
        var connection = BankScene.With(BankScene.Connection(folder.Path), ("checksums", "sha256"));
        folder.LayDown("a.xml", Encoding.UTF8.GetBytes(Status));
        (await BankScene.Adapter.CollectAsync(connection, default)).Should().BeEmpty();

        folder.LayDown(
            "a.xml.sha256", Encoding.ASCII.GetBytes(
                Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Status))) + "  a.xml\n"));
        var document = (await BankScene.Adapter.CollectAsync(connection, default)).Should().ContainSingle().Which;
        BankScene.Taken(BankScene.Adapter.Read(connection, document)).Units.Should().ContainSingle();
        await BankScene.Adapter.DoneAsync(connection, document, default);

        folder.Files("from-provider", "*").Should().BeEmpty();
        folder.Files(Path.Combine("from-provider", "read"), "*").Should().HaveCount(2);
    }

    [Fact]
    public async Task Puts_aside_what_is_not_what_its_checksum_says_and_tells_of_it()
    {
        using var folder = new Folder();
        var connection = BankScene.With(BankScene.Connection(folder.Path), ("checksums", "sha256"));
        folder.LayDown("a.xml", Encoding.UTF8.GetBytes(Status));
        folder.LayDown("a.xml.sha256", Encoding.ASCII.GetBytes(new string('0', 64) + "  a.xml\n"));

        var document = (await BankScene.Adapter.CollectAsync(connection, default)).Should().ContainSingle().Which;

        BankScene.Refused(BankScene.Adapter.Read(connection, document)).Should().Be("bank.damaged");
        folder.Files(Path.Combine("from-provider", "damaged"), "*").Should().HaveCount(2);
        (await BankScene.Adapter.CollectAsync(connection, default)).Should().BeEmpty();

        // Sent again whole, it is read: the note was another document.
        folder.LayDown("a.xml", Encoding.UTF8.GetBytes(Status));
        folder.LayDown(
            "a.xml.sha256", Encoding.ASCII.GetBytes(
                Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Status)))));
        (await BankScene.Adapter.CollectAsync(connection, default)).Should().ContainSingle().Which.Content.Should()
            .Equal(Encoding.UTF8.GetBytes(Status));
    }

    [Fact]
    public async Task Is_used_by_many_at_once_without_a_file_that_is_half_there()
    {
        using var folder = new Folder();
        var connection =
            BankScene.With(BankScene.Connection(folder.Path), ("numbering", "files"), ("checksums", "sha256"));
        var units = Enumerable.Range(1, 24).Select(seed => SeededOrders.Unit(seed, 3)).ToList();

        await Task.WhenAll(
            units.Select(unit => Task.Run(() => BankScene.Adapter.SubmitAsync(connection, unit, default))));

        var files = folder.ToProvider("*.xml");
        files.Select(file => Path.GetFileName(file)[..8]).Should().HaveCount(24).And.OnlyHaveUniqueItems();
        foreach (var file in files)
        {
            (await File.ReadAllTextAsync($"{file}.sha256"))[..64].Should()
                .Be(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
        }
    }
}
