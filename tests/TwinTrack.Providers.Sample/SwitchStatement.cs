using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Sample;

// <statement>
/// <summary>The switch's own account of what it paid, in JSON. Read whole, or refused whole.</summary>
internal sealed record SwitchStatement(
    string Reference, bool Final, DateTimeOffset CoversFrom, DateTimeOffset CoversUntil,
    IReadOnlyList<SwitchStatement.Row> Lines)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    internal sealed record Row(
        string? Reference, bool Returned, string Amount, string Currency, DateOnly BookedOn, string? SwitchReference);

    public static Result<Statement> Read(Currency currency, byte[] content)
    {
        try
        {
            var read = JsonSerializer.Deserialize<SwitchStatement>(content, Strict);
            return read is null ? Unreadable("document", "is empty") : read.ToStatement(currency);
        }
        catch (JsonException broken)
        {
            return Unreadable(broken.Path?.TrimStart('$', '.') ?? "document", "is missing, unknown or of another kind");
        }
    }

    private Result<Statement> ToStatement(Currency currency)
    {
        var lines = new List<StatementLine>();
        foreach (var (row, number) in Lines.Select((row, index) => (row, index + 1)))
        {
            if (!currency.Parse(row.Amount).Allows(out var minor, out _))
            {
                return Unreadable(Invariant($"lines[{number - 1}].amount"), "is no amount");
            }

            lines.Add(new StatementLine(
                number, row.Reference, row.Returned, minor, row.Currency, row.BookedOn, row.SwitchReference));
        }

        return StatementCheck.Of(new Statement(Reference, Final, CoversFrom, CoversUntil, lines), currency);
    }

    private static Refusal Unreadable(string field, string why) =>
        new("instant_switch.statement", $"{field}: {why}.", RefusalKind.Invalid);
}
// </statement>
