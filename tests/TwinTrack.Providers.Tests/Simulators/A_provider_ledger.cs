using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Simulators;

public sealed class A_provider_ledger
{
    [Fact]
    public void Pays_a_reference_once_and_takes_it_back_once()
    {
        using var ledger = new ProviderLedger(null, TimeProvider.System);

        ledger.Pay("a", "e", "p", 100, "USD").Should().BeTrue();
        ledger.Pay("a", "e", "p", 100, "USD").Should().BeFalse();
        ledger.Return("a").Should().BeTrue();
        ledger.Return("a").Should().BeFalse();
        ledger.Return("b").Should().BeFalse();
        ledger.Rows.Should().ContainSingle().Which.ReturnedMinor.Should().Be(100);
    }

    [Fact]
    public void Forgets_a_line_that_a_kill_has_cut_and_nothing_else()
    {
        using var folder = new Folder();
        using (var ledger = new ProviderLedger(folder.Path, TimeProvider.System))
        {
            ledger.Pay("a", "e", "one, \"two\"", 100, "USD");
            ledger.Pay("b", "e", "p", 200, "USD");
        }

        var path = Path.Combine(folder.Path, "ledger.csv");
        File.WriteAllText(path, File.ReadAllText(path)[..^5]);
        using var again = new ProviderLedger(folder.Path, TimeProvider.System);

        again.Rows.Should().ContainSingle().Which.Payee.Should().Be("one, \"two\"");
        again.Pay("b", "e", "p", 200, "USD").Should().BeTrue();
        again.TakeStatement([]).Entries.Should().HaveCount(2);
    }
}
