using System.Xml;
using System.Xml.Linq;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// Reads what a bank sends, trusting nothing: no document type, hence no entities; nothing fetched; bounded size; and the root must be one of the exact
/// messages that are read here, because a namespace that nobody knows would otherwise pass for an empty document.
/// </summary>
internal static class IsoReader
{
    internal const string NamespaceRoot = "urn:iso:std:iso:20022:tech:xsd:";

    /// <summary>Characters in one document.</summary>
    internal const long CharactersMax = 256L * 1024 * 1024;

    internal static XmlReader Open(byte[] content) => XmlReader.Create(new MemoryStream(content, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = CharactersMax,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    });

    /// <summary>The message of a document, such as <c>pain.002.001.10</c>, by its root's namespace.</summary>
    internal static Result<string> MessageOf(Document document)
    {
        try
        {
            using var reader = Open(document.Content);
            reader.MoveToContent();
            return reader.LocalName == "Document" && reader.NamespaceURI.StartsWith(NamespaceRoot, StringComparison.Ordinal)
                ? reader.NamespaceURI[NamespaceRoot.Length..]
                : BankRefusals.UnknownDocument();
        }
        catch (XmlException broken)
        {
            return BankRefusals.NotXml(Where(broken));
        }
    }

    /// <summary>The whole document in memory: for status reports, which are about one unit.</summary>
    internal static Result<XElement> Load(Document document)
    {
        try
        {
            using var reader = Open(document.Content);
            return XElement.Load(reader);
        }
        catch (XmlException broken)
        {
            return BankRefusals.NotXml(Where(broken));
        }
    }

    internal static string Where(XmlException broken) => $"line {broken.LineNumber}, position {broken.LinePosition}";

    extension(XElement element)
    {
        /// <summary>The child of this name in the same message's namespace.</summary>
        internal XElement? Child(string name) => element.Element(element.Name.Namespace + name);

        internal IEnumerable<XElement> Children(string name) => element.Elements(element.Name.Namespace + name);

        /// <summary>The text at the end of a path of children; null where the path ends early or the text is blank.</summary>
        internal string? Text(params ReadOnlySpan<string> path)
        {
            XElement? at = element;
            foreach (var name in path)
            {
                at = at?.Child(name);
            }

            var text = at?.Value.Trim();
            return string.IsNullOrEmpty(text) ? null : text;
        }
    }
}
