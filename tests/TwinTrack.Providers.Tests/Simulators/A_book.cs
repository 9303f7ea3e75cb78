using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Simulators;

public sealed class A_book
{
    [Fact]
    public void Pays_a_reference_once_and_takes_it_back_once()
    {
        using var book = new Book(null, TimeProvider.System);

        book.Pay("a", "e", "p", 100, "USD").Should().BeTrue();
        book.Pay("a", "e", "p", 100, "USD").Should().BeFalse();
        book.Return("a").Should().BeTrue();
        book.Return("a").Should().BeFalse();
        book.Return("b").Should().BeFalse();
        book.Rows.Should().ContainSingle().Which.ReturnedMinor.Should().Be(100);
    }

    [Fact]
    public void Forgets_a_line_that_a_kill_has_cut_and_nothing_else()
    {
        using var folder = new Folder();
        using (var book = new Book(folder.Path, TimeProvider.System))
        {
            book.Pay("a", "e", "one, \"two\"", 100, "USD");
            book.Pay("b", "e", "p", 200, "USD");
        }

        var path = Path.Combine(folder.Path, "book.csv");
        File.WriteAllText(path, File.ReadAllText(path)[..^5]);
        using var again = new Book(folder.Path, TimeProvider.System);

        again.Rows.Should().ContainSingle().Which.Payee.Should().Be("one, \"two\"");
        again.Pay("b", "e", "p", 200, "USD").Should().BeTrue();
        again.TakeStatement([]).Entries.Should().HaveCount(2);
    }
}
