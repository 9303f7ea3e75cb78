using System.CommandLine;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// What <c>up</c> and <c>demo</c> have in common: everything in one process, or as in production with <c>--stack</c>
/// and <c>--copies</c>.
/// </summary>
internal sealed class StackChoice
{
    private readonly Option<bool> _stack = new("--stack")
    {
        Description =
            "Every service as a process of its own, on a PostgreSQL and a RabbitMQ that are installed if absent (as "
                + "root on Debian) and started for it.",
    };

    private readonly Option<int> _copies = new(
        "--copies")
    { Description = "With --stack: how many of each service.", DefaultValueFactory = static _ => 1 };

    public StackChoice()
    {
        _copies.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > StackOptions.CopiesMax)
            {
                result.AddError(
                    Invariant($"--copies takes 1 to {StackOptions.CopiesMax}."));
            }
            else if (!result.Implicit && result.GetResult(_stack) is null or { Implicit: true })
            {
                result.AddError("--copies goes with --stack.");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_stack);
        command.Add(_copies);
    }

    /// <summary>Copies of each service; null for everything in one process.</summary>
    public int? Of(ParseResult parsed) => parsed.GetValue(_stack) ? parsed.GetValue(_copies) : null;
}
