using System.Text.Json;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

public sealed class The_bank_status_map
{
    private static readonly BankStatusMap.Rules Rules = BankStatusMap.Rules.Standard;

    [ConformanceFact]
    public void Lists_every_code_of_the_published_sets()
    {
        Missing("payment_transaction_status", code => (BankStatusMap.Status, code)).Should().BeEmpty();
        Missing("payment_group_status", code => (BankStatusMap.Status, code)).Should().BeEmpty();
        Missing("status_reason", code => (BankStatusMap.Status, $"RJCT/{code}")).Should().BeEmpty();
        Missing("investigation_execution_confirmation", code => (BankStatusMap.Cancellation, code)).Should().BeEmpty();
        Missing("payment_cancellation_rejection", code => (BankStatusMap.Cancellation, $"RJCR/{code}")).Should()
            .BeEmpty();
        Missing("return_reason", code => (BankStatusMap.Booking, $"BOOK/CRDT/RtrInf/{code}")).Should().BeEmpty();
        Missing("entry_status", code => (BankStatusMap.EntryStatus, code)).Should().BeEmpty();
    }

    [ConformanceFact]
    public void Lists_no_reason_that_was_never_published()
    {
        Published("status_reason").Should().BeEquivalentTo(Beside(BankStatusMap.Status, "RJCT/"));
        Published("payment_cancellation_rejection").Should()
            .BeEquivalentTo(Beside(BankStatusMap.Cancellation, "RJCR/"));
        Published("return_reason").Should().BeEquivalentTo(Beside(BankStatusMap.Booking, "BOOK/CRDT/RtrInf/"));
    }

    [Fact]
    public void Frees_on_nothing_but_refusals_granted_recalls_and_booked_returns()
    {
        var frees = BankStatusMap.Table.Rows.Where(row => new Verdict(row.Outcome, row.Grade, row.Code).Frees).ToList();

        frees.Select(row => row.Code.Split('/')[0]).Distinct().Should()
            .BeEquivalentTo("RJCT", "CANC", "CNCL", "ACCR", "BOOK");
        frees.Where(row => row.Outcome == Outcome.Returned).Should()
            .OnlyContain(row => row.Grade == Grade.B && row.Code.StartsWith("BOOK/CRDT/", StringComparison.Ordinal));
        frees.Where(row => row.Code.StartsWith("BOOK", StringComparison.Ordinal)).Should()
            .OnlyContain(row => row.Outcome == Outcome.Returned);
    }

    [Fact]
    public void Takes_every_word_that_it_does_not_list_for_doubt()
    {
        foreach (var message in new[] { BankStatusMap.Status, BankStatusMap.Cancellation, BankStatusMap.Booking })
        {
            foreach (var code in new[] { "QQQQ", "", "rjct ", "BOOK/CRDT/", "RJCT/" })
            {
                Rules.Read(message, code, []).Should().Match<Verdict>(
                    verdict => verdict.Outcome == Outcome.Unknown && verdict.Grade == Grade.D, $"{message} {code}");
            }
        }
    }

    [Fact]
    public void Says_of_no_reason_more_than_of_the_word_that_it_stands_beside()
    {
        foreach (var row in BankStatusMap.Table.Rows.Where(
            row => row.Code.StartsWith("RJCT/", StringComparison.Ordinal)))
        {
            (row.Outcome, row.Grade).Should()
                .BeOneOf([(Outcome.Rejected, Grade.A), (Outcome.Unknown, Grade.D)], row.Code);
        }
    }

    private static IEnumerable<string> Beside(string message, string word) => BankStatusMap.Table.Rows
        .Where(row => row.Message == message && row.Code.StartsWith(word, StringComparison.Ordinal))
        .Select(row => row.Code[word.Length..]);

    private static List<string> Missing(string set, Func<string, (string Message, string Code)> row) =>
        [.. Published(set).Where(code => !BankStatusMap.Table.Lists(row(code).Message, row(code).Code))];

    private static List<string> Published(string set)
    {
        using var file =
            JsonDocument.Parse(
                File.ReadAllBytes(
                    Path.Combine(Conformance.Folder!, "iso20022", "codesets", $"external_{set}_code.json")));
        var codes = file.RootElement.GetProperty("codes").EnumerateObject().Select(code => code.Name).ToList();
        codes.Should().NotBeEmpty();
        return codes;
    }
}
