using System.Text;
using System.Xml;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// Reads a bank's document tag by tag and trusts nothing in it. A document type is refused, so there are no entities.
/// Nothing is fetched. Depth, size and the size of each extracted piece are bounded. Pieces come without namespaces, so
/// readers need not know a message's version. Elements of another namespace (supplementary data) are skipped. An
/// envelope may hold several documents, each after its business application header (head.001).
/// </summary>
internal sealed class IsoStream : IDisposable
{
    /// <summary>Characters in a whole file.</summary>
    internal const long CharactersMax = 256L * 1024 * 1024;

    /// <summary>Nested elements; the deepest path in the schemas read here has 18.</summary>
    internal const int DepthMax = 64;

    /// <summary>Elements, and characters of text, in one piece such as a transaction.</summary>
    internal const int ElementsMax = 10_000;
    internal const int TextMax = 1_000_000;

    private const int EnvelopeDepthMax = 4;

    private readonly XmlReader _xml;
    private readonly char[] _text = new char[2_048];
    private string _namespace = "";
    private string? _announced;
    private int _root;
    private bool _closing;

    private IsoStream(byte[] content) => _xml =
        XmlReader.Create(new MemoryStream(content, writable: false), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = CharactersMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = true,
        });

    /// <summary>The message of the document that is being read, such as <c>pain.002.001.10</c>.</summary>
    internal string Message { get; private set; } = "";

    /// <summary>Whether the header before the document, if there was one, announced this message.</summary>
    internal bool AsAnnounced => _announced is null || _announced == Message;

    /// <summary>Of the current tag; <c>Document</c> is at level 0.</summary>
    internal int Level { get; private set; }

    internal string Name { get; private set; } = "";

    /// <summary>The current tag is an end tag.</summary>
    internal bool Ends { get; private set; }

    /// <summary>
    /// Reads with <paramref name="read"/>. A fault of the XML becomes a refusal that names the place and quotes
    /// nothing.
    /// </summary>
    internal static Result<T> Read<T>(byte[] content, Func<IsoStream, Result<T>> read)
    {
        try
        {
            using var stream = new IsoStream(content);
            return read(stream);
        }
        catch (XmlException broken)
        {
            return BankRefusals.NotXml(Invariant($"line {broken.LineNumber}, position {broken.LinePosition}"));
        }
    }

    /// <summary>Goes to the next document of the file; false when there is none.</summary>
    internal bool NextDocument()
    {
        _announced = null;
        while (Advance())
        {
            if (_xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (_xml.LocalName == "Document"
                && _xml.NamespaceURI.StartsWith(IsoMessages.NamespaceRoot, StringComparison.Ordinal))
            {
                (_namespace, _root, _closing) = (_xml.NamespaceURI, _xml.Depth, _xml.IsEmptyElement);
                (Message, Level, Name) = (_namespace[IsoMessages.NamespaceRoot.Length..], 0, "");
                return true;
            }

            if (_xml.LocalName == "AppHdr")
            {
                _namespace = _xml.NamespaceURI;
                _announced = Take().Text("MsgDefIdr") ?? "";
            }
            else if (_xml.Depth > EnvelopeDepthMax)
            {
                Skip();
            }
        }

        return false;
    }

    /// <summary>Goes to the next tag inside the document; false at its end.</summary>
    internal bool Next()
    {
        if (_closing)
        {
            // An element without content has one tag for both.
            (_closing, Ends) = (false, true);
            return Level > 0;
        }

        while (Advance())
        {
            if (_xml.NodeType is XmlNodeType.Element && _xml.NamespaceURI != _namespace)
            {
                Skip();
            }
            else if (_xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                (Name, Level, Ends) = (_xml.LocalName, _xml.Depth - _root, _xml.NodeType == XmlNodeType.EndElement);
                _closing = !Ends && _xml.IsEmptyElement;
                return Level > 0;
            }
        }

        return false;
    }

    /// <summary>
    /// Extracts the whole current element without namespace; of its attributes, only the currency. The next tag is the
    /// one after it.
    /// </summary>
    internal XElement Take()
    {
        var (top, elements, letters) = (Start(), 1, 0);
        _closing = false;
        if (_xml.IsEmptyElement)
        {
            return top;
        }

        var (at, bottom) = (top, _xml.Depth);
        while (Advance() && _xml.Depth > bottom)
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element when _xml.NamespaceURI != _namespace:
                    Skip();
                    break;
                case XmlNodeType.Element:
                    Bound(++elements <= ElementsMax);
                    var child = Start();
                    at.Add(child);
                    at = _xml.IsEmptyElement ? at : child;
                    break;
                case XmlNodeType.EndElement:
                    at = at.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    letters += Append(at, TextMax - letters);
                    break;
            }
        }

        return top;
    }

    /// <summary>Passes over the current element.</summary>
    internal void Skip()
    {
        _closing = false;
        var bottom = _xml.Depth;
        if (!_xml.IsEmptyElement)
        {
            while (Advance() && _xml.Depth > bottom)
            {
            }
        }
    }

    public void Dispose() => _xml.Dispose();

    private bool Advance()
    {
        var more = _xml.Read();
        Bound(_xml.Depth <= DepthMax);
        return more;
    }

    private XElement Start()
    {
        var element = new XElement(_xml.LocalName);
        if (_xml.GetAttribute("Ccy") is { } currency)
        {
            element.SetAttributeValue("Ccy", currency);
        }

        return element;
    }

    private int Append(XElement element, int bytesLeft)
    {
        var text = new StringBuilder();
        for (var read = _xml.ReadValueChunk(_text, 0, _text.Length); read > 0; read =
            _xml.ReadValueChunk(_text, 0, _text.Length))
        {
            Bound(text.Length + read <= bytesLeft);
            text.Append(_text, 0, read);
        }

        element.Add(text.ToString());
        return text.Length;
    }

    private void Bound(bool held)
    {
        if (!held)
        {
            var place = _xml as IXmlLineInfo;
            throw new XmlException("Larger or deeper than any message read here.", null, place?.LineNumber ?? 0,
                place?.LinePosition ?? 0);
        }
    }
}
