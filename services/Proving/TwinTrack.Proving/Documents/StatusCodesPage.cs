using System.Text;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Proving.Documents;

/// <summary>
/// docs/concepts/status-codes.md: what each word of each protocol means here. What is not listed is in doubt.
/// </summary>
internal static class StatusCodesPage
{
    public static string Make()
    {
        var text = new StringBuilder(
            "# What a provider's words mean\n\nA word that is not listed is Unknown, grade D: it never frees an "
                + "obligation. "
            + "Only grades A and B do. Made from the adapters' status maps by `./twintrack docs`; do not edit.\n");
        foreach (var assembly in BuiltAssemblies.Matching("TwinTrack.Providers.*.dll"))
        {
            foreach (var (_, _, table) in BuiltAssemblies.Statics(assembly, type => type == typeof(StatusMap)))
            {
                text.Append("\n## ").Append(assembly.GetName().Name!.Split('.')[^1])
                    .Append("\n\n| message | word | means | grade | source |\n| --- | --- | --- | --- | --- |\n");
                foreach (var row in ((StatusMap)table).Rows)
                {
                    text.Append("| ").AppendJoin(
                        " | ", row.Message, $"`{row.Code}`", row.Outcome, row.Grade,
                        row.Source.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
                }
            }
        }

        return text.ToString();
    }
}
