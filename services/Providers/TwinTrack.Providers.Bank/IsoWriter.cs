using System.Text;
using System.Xml;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>Writes one ISO 20022 document: the elements that several messages share, in the order that the schemas demand.</summary>
internal sealed class IsoWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _xml;

    internal IsoWriter(string message)
    {
        _xml = XmlWriter.Create(_bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = false });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("Document", $"{IsoReader.NamespaceRoot}{message}");
    }

    internal void Element(string name, string text) => _xml.WriteElementString(name, text);

    /// <summary>An element with what <paramref name="inside"/> writes in it.</summary>
    internal void Group(string name, Action inside)
    {
        _xml.WriteStartElement(name);
        inside();
        _xml.WriteEndElement();
    }

    internal void Party(string element, string name) => Group(element, () => Element("Nm", BankText.Name(name)));

    /// <summary>An agent by BIC; a bank that we know no BIC of is named NOTPROVIDED, which is what the schema permits in its place.</summary>
    internal void Agent(string element, string? bic) => Group(element, () => Group("FinInstnId", () =>
    {
        if (BankText.IsBic(bic))
        {
            Element("BICFI", bic!);
        }
        else
        {
            Group("Othr", () => Element("Id", BankText.NotProvided));
        }
    }));

    internal void Account(string element, string account, Currency? currency = null) => Group(element, () =>
    {
        Group("Id", () =>
        {
            if (BankText.IsIban(account))
            {
                Element("IBAN", account);
            }
            else
            {
                Group("Othr", () => Element("Id", account));
            }
        });
        if (currency is { } known)
        {
            Element("Ccy", known.Code);
        }
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
