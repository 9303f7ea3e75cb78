using System.Text;
using System.Xml.Linq;

namespace TwinTrack.Simulators.Bank;

/// <summary>
/// The bank's own XML code: reads a customer's message by its namespace, and writes the bank's messages.
/// </summary>
internal static class BankXml
{
    private const string Root = "urn:iso:std:iso:20022:tech:xsd:";

    /// <summary>The document without its namespace, and which message it is.</summary>
    /// <exception cref="FormatException">It is not one of these messages.</exception>
    internal static (XElement Root, string Message) Load(byte[] content, params string[] messages)
    {
        using var bytes = new MemoryStream(content);
        var root = XElement.Load(bytes);
        var message = messages.FirstOrDefault(one => root.Name == XName.Get("Document", Root + one))
            ?? throw new FormatException($"None of {string.Join(", ", messages)}.");
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return (root, message);
    }

    /// <summary>Puts a document without a namespace into its message's namespace.</summary>
    internal static XElement Of(string message, params object?[] inside)
    {
        var root = new XElement("Document", inside);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = XName.Get(element.Name.LocalName, Root + message);
        }

        return root;
    }

    internal static byte[] Bytes(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
        {
            new XDocument(root).Save(text, SaveOptions.DisableFormatting);
        }

        return bytes.ToArray();
    }
}
