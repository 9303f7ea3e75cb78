using System.Text;
using System.Xml;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>Writes one ISO 20022 document: the elements that several messages share, in the schemas' order.</summary>
/// <param name="message">Such as <c>pain.001.001.09</c>.</param>
/// <param name="latin">Free text is kept to the SWIFT x set.</param>
internal sealed class IsoWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _xml;
    private readonly bool _latin;
    private readonly bool _modern;

    internal IsoWriter(string message, bool latin)
    {
        (_latin, _modern) = (latin, message != "pain.001.001.03");
        _xml = XmlWriter.Create(
            _bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = false });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("Document", $"{IsoMessages.NamespaceRoot}{message}");
    }

    /// <summary>An element with text; none where there is no text.</summary>
    internal void Element(string name, string? text)
    {
        if (text is not null)
        {
            _xml.WriteElementString(name, text);
        }
    }

    /// <summary>An element with what <paramref name="inside"/> writes in it.</summary>
    internal void Group(string name, Action inside)
    {
        _xml.WriteStartElement(name);
        inside();
        _xml.WriteEndElement();
    }

    /// <summary>A choice with one of its branches; none where there is no text.</summary>
    internal void Choice(string name, string branch, string? text)
    {
        if (text is not null)
        {
            Group(name, () => Element(branch, text));
        }
    }

    /// <summary>Free text in the bank's character set, 1 to 140 characters.</summary>
    internal string Name(string? text) => BankText.Name(text, _latin);

    internal void Party(string element, string name) => Group(element, () => Element("Nm", Name(name)));

    /// <summary>An agent by BIC. A bank without a known BIC is named NOTPROVIDED, which the schema permits.</summary>
    internal void Agent(string element, string? bic) => Group(element, () => Group("FinInstnId", () =>
    {
        if (BankText.IsBic(bic, _modern))
        {
            Element(_modern ? "BICFI" : "BIC", bic!);
        }
        else
        {
            Choice("Othr", "Id", BankText.NotProvided);
        }
    }));

    /// <param name="scheme">The kind of number when it is not an IBAN.</param>
    /// <param name="ibanKnown">False when the bank needs its own form even for an IBAN.</param>
    internal void Account(string element, string account, string? scheme = null, bool ibanKnown = true,
        Currency? currency = null) => Group(element, () =>
    {
        Group("Id", () =>
        {
            if (ibanKnown && BankText.IsIban(account))
            {
                Element("IBAN", account);
            }
            else
            {
                Group("Othr", () =>
                {
                    Element("Id", account);
                    Choice("SchmeNm", "Cd", scheme);
                });
            }
        });
        Element("Ccy", currency?.Code);
    });

    /// <summary>
    /// An account by a proxy, such as a phone number. The account itself is mandatory in these versions and unknown.
    /// </summary>
    internal void Proxy(string element, string type, string proxy) => Group(element, () =>
    {
        Group("Id", () => Choice("Othr", "Id", BankText.NotProvided));
        Group("Prxy", () =>
        {
            Choice("Tp", "Cd", type);
            Element("Id", proxy);
        });
    });

    internal void Amount(string element, long minor, Currency currency)
    {
        _xml.WriteStartElement(element);
        _xml.WriteAttributeString("Ccy", currency.Code);
        _xml.WriteString(currency.Format(minor));
        _xml.WriteEndElement();
    }

    internal byte[] Finish()
    {
        _xml.WriteEndDocument();
        _xml.Flush();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        _xml.Dispose();
        _bytes.Dispose();
    }
}
