using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Schema;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>The published schemas of ISO 20022, which lie beside the project and never in it.</summary>
internal static class BankSchemas
{
    private static readonly Dictionary<string, XmlSchemaSet> Schemas = [];

    /// <summary>
    /// What a schema has against a document; empty when nothing. The stream is validated and not a DOM, and the root
    /// must be that message's.
    /// </summary>
    internal static IReadOnlyList<string> Faults(byte[] document, string message)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            Schemas = Schema(message),
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings,
        };
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);
        using var reader = XmlReader.Create(new MemoryStream(document), settings);
        reader.MoveToContent();
        if (reader.NamespaceURI != $"urn:iso:std:iso:20022:tech:xsd:{message}")
        {
            faults.Add($"The root is not of {message}.");
        }

        while (reader.Read())
        {
        }

        return faults;
    }

    private static XmlSchemaSet Schema(string message)
    {
        lock (Schemas)
        {
            if (!Schemas.TryGetValue(message, out var schema))
            {
                schema = new XmlSchemaSet();
                schema.Add(null, Path.Combine(Conformance.Folder!, "iso20022", "xsd", $"{message}.xsd"));
                schema.Compile();
                Schemas[message] = schema;
            }

            return schema;
        }
    }
}

/// <summary>Runs where the published schemas are; elsewhere it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute(
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) =>
        Skip = Conformance.Folder is null
            ? "The ISO 20022 schemas are not here. Set TWINTRACK_CONFORMANCE to the folder that holds iso20022/xsd."
            : null;
}

/// <inheritdoc cref="ConformanceFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute(
        [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) =>
        Skip = Conformance.Folder is null
            ? "The ISO 20022 schemas are not here. Set TWINTRACK_CONFORMANCE to the folder that holds iso20022/xsd."
            : null;
}
