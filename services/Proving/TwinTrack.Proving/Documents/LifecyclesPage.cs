using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Proving.Documents;

/// <summary>docs/concepts/lifecycles.md: every transition table of the domains, drawn.</summary>
internal static class LifecyclesPage
{
    public static string Make()
    {
        var text =
            new StringBuilder(
                "# Lifecycles\n\nWhat is not drawn is refused. Made from the transition tables by `./twintrack docs`; "
                    + "do not edit.\n");
        foreach (var assembly in BuiltAssemblies.Matching("TwinTrack.*.Domain.dll"))
        {
            foreach (var (owner, name, table) in BuiltAssemblies.Statics(assembly, IsTable))
            {
                var service = assembly.GetName().Name!.Split('.')[1];
                var subject = Words(owner.Name.Replace("Lifecycle", "", StringComparison.Ordinal))
                    + (name == "Table" ? "" : $" ({Words(name)})");
                var mermaid = (string)table.GetType().GetMethod("ToMermaid")!.Invoke(table, null)!;
                text.Append("\n## ").Append(service).Append(": ").Append(subject).Append("\n\n```mermaid\n")
                    .Append(mermaid).Append("```\n");
            }
        }

        return text.ToString();
    }

    private static bool IsTable(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(TransitionTable<,>);

    private static string Words(string name) =>
        string.Concat(
            name.Select(
                (letter, index) => char.IsUpper(letter)
                    ? (index > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
