using System.Text;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Proving.Documents;

/// <summary>docs/concepts/switch-events.md: what each event does in each state of a switch.</summary>
internal static class SwitchEventsPage
{
    public static string Make()
    {
        var text = new StringBuilder(
            "# Switches and events\n\nWhat happens to a switch to Track 2, and to the payments that it covers, when "
                + "something happens. A return is the same with the tracks exchanged. Made from `SwitchEvents.Table` "
                + "by `./twintrack docs`; do not edit.\n\n"
                + "`Waits` is a payment with a reason: it is planned again when a channel opens or a decision "
                + "changes.\n");
        foreach (var same in SwitchEvents.Table.GroupBy(cell => cell.State))
        {
            text.Append("\n## ").Append(same.Key).Append(
                "\n\n| event | state after it | what has not left | what is under way | who may act |\n"
                + "| --- | --- | --- | --- | --- |\n");
            foreach (var cell in same)
            {
                text.Append("| ").AppendJoin(
                    " | ", cell.Event, cell.Becomes, cell.NotLeft, cell.UnderWay, cell.MayAct).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
