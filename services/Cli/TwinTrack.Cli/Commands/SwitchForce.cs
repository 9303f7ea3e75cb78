using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// switch force: what is in doubt is given up without evidence, by two parties, on somebody's account. Without a hash
/// it only shows the list.
/// </summary>
internal static class SwitchForce
{
    private static readonly Argument<string> Id = new(
        "id")
    {
        Description =
            "The switch's id, swi_..., to see the list or propose; the forced move's, for_..., to decide."
    };

    private static readonly Option<string?> Hash = new(
        "--hash")
    { Description = "The hash of the list that you decide on, as this command prints it." };

    private static readonly Option<string?> Bearer = new(
        "--bearer")
    { Description = "To propose: code of the funding source that bears the loss." };

    private static readonly Option<bool> Agree = new("--agree") { Description = "To decide: your party agrees." };

    private static readonly Option<bool> Refuse = new(
        "--refuse")
    { Description = "To decide: your party does not agree." };

    private static readonly Option<string?> Note = new("--note") { Description = "Why, without personal data." };

    public static Command Build() =>
        new Command(
            "force", "Give up what is in doubt, without evidence: two people of two parties, and a bearer of the loss.")
    {
        Id, Hash, Bearer, Agree, Refuse, Note,
    }.Answers(static (parsed, api, cancel) =>
    {
        var id = RemoteCommand.Segment(parsed.GetRequiredValue(Id));
        var (hash, bearer, note) = (parsed.GetValue(Hash), parsed.GetValue(Bearer), parsed.GetValue(Note));
        return (parsed.GetValue(Agree), parsed.GetValue(Refuse), bearer) switch
        {
            (false, false, null) => api.GetAsync($"/payments/moves/{id}/forced", cancel),
            (false, false, not null) =>
                api.PostAsync($"/payments/moves/{id}/forced", new { hash, bearer, note }, cancel),
            (true, true, _) or (_, _, not null) =>
                throw new UsageException("Say --bearer to propose, or --agree or --refuse to decide."),
            var (agree, _, _) => api.PostAsync($"/payments/forced/{id}/decision", new { hash, agree, note }, cancel),
        };
    });
}
