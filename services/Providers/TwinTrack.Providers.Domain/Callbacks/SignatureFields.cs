using System.Globalization;
using System.Text;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>
/// A covered component: its name in lower case, and the only supported parameter, <c>name</c> of <c>@query-param</c>.
/// </summary>
internal sealed record SignatureComponent(string Name, string? Parameter);

/// <summary>One member of <c>Signature-Input</c>.</summary>
/// <param name="Label">The label of the signature.</param>
/// <param name="Raw">The member's exact value. The last line of the signature base repeats it (RFC 9421, 2.3).</param>
internal sealed record SignatureInput(string Label, string Raw, IReadOnlyList<SignatureComponent> Components,
    IReadOnlyDictionary<string, string> Parameters)
{
    internal string? this[string parameter] => Parameters.GetValueOrDefault(parameter);
}

/// <summary>
/// The parts of RFC 8941 (structured fields) that <c>Signature-Input</c>, <c>Signature</c> and <c>Content-Digest</c>
/// need. These are dictionaries of inner lists of strings, and of byte sequences. An unknown form makes the whole field
/// unreadable. The header's size bounds the work.
/// </summary>
internal sealed class SignatureFields
{
    private const int MembersMax = 8;
    private const int ComponentsMax = 32;
    private readonly string _text;
    private int _at;

    private SignatureFields(string text) => _text = text;

    /// <summary>Null when unreadable.</summary>
    internal static List<SignatureInput>? Inputs(string? header) =>
        Members(header, static (fields, label) => fields.Input(label));

    /// <summary>Byte sequences by label; null when unreadable.</summary>
    internal static Dictionary<string, byte[]>? Bytes(string? header) =>
        Members(header, static (fields, label) =>
            fields.ByteSequence() is { } bytes ? (Label: label, Bytes: bytes) : default((string Label, byte[] Bytes)?))
            is { } found && found.DistinctBy(one => one!.Value.Label).Count() == found.Count
            ? found.ToDictionary(one => one!.Value.Label, one => one!.Value.Bytes)
            : null;

    private static List<T>? Members<T>(string? header, Func<SignatureFields, string, T?> read)
    {
        if (header is null)
        {
            return null;
        }

        var fields = new SignatureFields(header);
        var members = new List<T>();
        while (members.Count < MembersMax)
        {
            fields.Blanks();
            if (fields.Key() is not { } label || !fields.Takes('=') || read(fields, label) is not { } member)
            {
                return null;
            }

            members.Add(member);
            fields.Blanks();
            if (fields.AtEnd)
            {
                return members;
            }

            if (!fields.Takes(','))
            {
                return null;
            }
        }

        return null;
    }

    private bool AtEnd => _at >= _text.Length;

    private char Now => AtEnd ? '\0' : _text[_at];

    private bool Takes(char one)
    {
        if (Now != one)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Blanks()
    {
        while (Now is ' ' or '\t')
        {
            _at++;
        }
    }

    private string? While(Func<char, bool> fits)
    {
        var from = _at;
        while (!AtEnd && fits(Now))
        {
            _at++;
        }

        return _at > from ? _text[from.._at] : null;
    }

    private string? Key() => char.IsAsciiLetterLower(Now) || Now == '*'
        ? While(static one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one is '_' or '-' or '.' or '*')
        : null;

    private SignatureInput? Input(string label)
    {
        var from = _at;
        var components = new List<SignatureComponent>();
        if (!Takes('('))
        {
            return null;
        }

        while (!Takes(')'))
        {
            if ((components.Count > 0 && !Takes(' ')) || components.Count == ComponentsMax
                || Component() is not { } component)
            {
                return null;
            }

            components.Add(component);
        }

        return Parameters() is { } parameters
            ? new SignatureInput(label, _text[from.._at], components, parameters) : null;
    }

    /// <summary>
    /// A component with a parameter that changes its meaning, such as <c>;req</c> or <c>;bs</c>, is not supported.
    /// </summary>
    private SignatureComponent? Component()
    {
        if (Quoted() is not { } name || Parameters() is not { } parameters)
        {
            return null;
        }

        return name == "@query-param"
            ? parameters.Count == 1 && parameters.TryGetValue("name", out var parameter)
                ? new SignatureComponent(name, parameter) : null
            : parameters.Count == 0 ? new SignatureComponent(name, null) : null;
    }

    private Dictionary<string, string>? Parameters()
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Takes(';'))
        {
            Blanks();
            if (Key() is not { } key)
            {
                return null;
            }

            var value = Takes('=') ? Value() : "?1";
            if (value is null || !parameters.TryAdd(key, value))
            {
                return null;
            }
        }

        return parameters;
    }

    private string? Value() => Now switch
    {
        '"' => Quoted(),
        '-' or (>= '0' and <= '9') => While(static one => char.IsAsciiDigit(one) || one == '-') is { } digits
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? digits : null,
        _ => While(
            static one => char.IsAsciiLetterOrDigit(one)
                || one is '*' or '_' or '-' or '.' or ':' or '/' or '!' or '#' or '$' or '%' or '&' or '+' or '?'),
    };

    private string? Quoted()
    {
        if (!Takes('"'))
        {
            return null;
        }

        var text = new StringBuilder();
        while (!AtEnd)
        {
            var one = _text[_at++];
            switch (one)
            {
                case '"':
                    return text.ToString();
                case '\\' when Now is '"' or '\\':
                    text.Append(_text[_at++]);
                    break;
                case '\\' or < ' ' or > '~':
                    return null;
                default:
                    text.Append(one);
                    break;
            }
        }

        return null;
    }

    private byte[]? ByteSequence()
    {
        if (!Takes(':'))
        {
            return null;
        }

        var text = While(static one => one != ':') ?? "";
        var bytes = new byte[text.Length];
        return Takes(':') && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
