using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>
/// Reads typed values from one line and records errors, at most one per field. A value that is refused is the default
/// of its type; its household is then rejected whole.
/// </summary>
internal sealed class RowReader
{
    private static readonly RegistryField[] All = Enum.GetValues<RegistryField>();

    private readonly RegistryLine _line;
    private readonly List<RowError> _errors;
    private readonly HashSet<RegistryField> _refused = [];

    internal RowReader(RegistryLine line, List<RowError> errors)
    {
        (_line, _errors) = (line, errors);
        foreach (var field in All)
        {
            if (Fields.Fault(line[field]) is { } refusal)
            {
                Refuse(field, refusal);
            }
        }
    }

    internal long Row => _line.Row;

    internal string Text(RegistryField field) => _line[field];

    internal void Refuse(RegistryField field, Refusal refusal)
    {
        if (_refused.Add(field))
        {
            _errors.Add(RowError.Of(_line.Row, RegistryLine.NameOf(field), refusal));
        }
    }

    internal T? Take<T>(RegistryField field, Func<string, Result<T>> read) =>
        Text(field).Length == 0 ? TakeOptional<T>(field, _ => FieldRefusals.Missing) : TakeOptional(field, read);

    internal T? TakeOptional<T>(RegistryField field, Func<string, Result<T>> read)
    {
        if (!read(Text(field)).Allows(out var value, out var refusal))
        {
            Refuse(field, refusal);
        }

        return value;
    }
}
