using System.Globalization;
using Spectre.Console;

namespace TwinTrack.Cli.Showing;

/// <summary>
/// What a command tells people while it works: plain lines, and progress bars where somebody watches. Goes to standard
/// error when standard output is kept for JSON.
/// </summary>
internal sealed class Story
{
    private readonly IAnsiConsole _console;
    private readonly TextWriter _plain;
    private readonly bool _watched;

    public Story(bool json)
    {
        _plain = json ? Console.Error : Console.Out;
        _watched = !(json ? Console.IsErrorRedirected : Console.IsOutputRedirected)
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_plain),
            Ansi = _watched ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = _watched ? InteractionSupport.Detect : InteractionSupport.No,
        });
    }

    /// <summary>Tells somebody else than the terminal.</summary>
    public Story(TextWriter listener)
    {
        _plain = listener;
        _console =
            AnsiConsole.Create(
                new AnsiConsoleSettings
                {
                    Out = new AnsiConsoleOutput(listener),
                    Ansi = AnsiSupport.No,
                    Interactive = InteractionSupport.No
                });
    }

    public void Chapter(string title)
    {
        if (_watched)
        {
            _console.MarkupLineInterpolated($"[bold]{title}[/]");
        }
        else
        {
            _plain.WriteLine(title);
        }
    }

    public void Say(string line) => _plain.WriteLine("  " + line);

    public void Line(string line = "") => _plain.WriteLine(line);

    /// <summary>Shows a bar while the work reports how far it is; just runs it where nobody watches.</summary>
    /// <param name="what">The bar's title.</param>
    /// <param name="work">Reports (done, of how many) as often as it likes.</param>
    public async Task<T> ProgressAsync<T>(string what, Func<Action<long, long>, Task<T>> work)
    {
        if (!_watched)
        {
            return await work(static (_, _) => { });
        }

        return await _console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("  " + Markup.Escape(what));
                return await work((done, total) => (task.MaxValue, task.Value) = (Math.Max(total, 1), done));
            });
    }

    /// <summary>20000 as <c>20,000</c>.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
