using System.Text;
using TwinTrack.Contracts;

namespace TwinTrack.Proving.Documents;

/// <summary>docs/concepts/messages.md: the whole traffic between the services.</summary>
internal static class MessagesPage
{
    public static string Make()
    {
        var text =
            new StringBuilder(
                "# Messages\n\nWho sends what to whom. Made from `Contracts/Topology.cs` by `./twintrack docs`; do not "
                    + "edit. Each message links to its form as JSON Schema.\n\n```mermaid\nflowchart LR\n");
        var arrows = Topology.Arrows.SelectMany(arrow => arrow.To.Select(to => (arrow.From, To: to, arrow.Message)));
        foreach (var pair in arrows.GroupBy(arrow => (arrow.From, arrow.To)))
        {
            text.Append("    ").Append(pair.Key.From).Append(" -- \"")
                .AppendJoin("<br>", pair.Select(arrow => arrow.Message.Name)).Append("\" --> ").Append(pair.Key.To)
                .Append('\n');
        }

        text.Append("```\n\n| message | from | to | fields |\n| --- | --- | --- | --- |\n");
        foreach (var (message, from, to) in Topology.Arrows)
        {
            var name = ContractDocuments.Named(message);
            var fields = message.GetConstructors().MaxBy(maker => maker.GetParameters().Length)!.GetParameters()
                .Select(field => field.Name);
            text.Append("| ").AppendJoin(" | ", $"[`{name}`](../contracts/{name}.json)", from, string.Join(", ", to),
                string.Join(", ", fields)).Append(" |\n");
        }

        return text.ToString();
    }
}
