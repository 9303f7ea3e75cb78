using System.Xml.Linq;

namespace TwinTrack.Providers.Bank;

/// <summary>Short ways into a piece of a document.</summary>
internal static class IsoElements
{
    extension(XElement element)
    {
        internal XElement? Child(string name) => element.Element(name);

        /// <summary>
        /// The text at the end of a path of children; null where the path ends early or the text is blank.
        /// </summary>
        internal string? Text(params ReadOnlySpan<string> path)
        {
            var at = element;
            foreach (var name in path)
            {
                at = at?.Element(name);
            }

            var text = at?.Value.Trim();
            return string.IsNullOrEmpty(text) ? null : text;
        }

        /// <summary>A choice of the standards: a code, or the bank's own word.</summary>
        internal string? CodeOrOwn(params ReadOnlySpan<string> path)
        {
            var at = element;
            foreach (var name in path)
            {
                at = at?.Element(name);
            }

            return at?.Text("Cd") ?? at?.Text("Prtry");
        }

        /// <summary>The reasons given beside a status: codes and the bank's own words.</summary>
        internal IReadOnlyList<string> Reasons(string name) =>
            [.. element.Elements(name).Select(info => info.CodeOrOwn("Rsn")).OfType<string>()];

        /// <summary>A reference as the parties agreed on it; null for the standard's word for "none".</summary>
        internal string? Reference(params ReadOnlySpan<string> path) =>
            element.Text(path) is { } text && text != BankText.NotProvided ? text : null;
    }
}
