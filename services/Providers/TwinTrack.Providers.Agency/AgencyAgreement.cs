using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// A data-sharing agreement with a partner, as data (setting <c>agreement</c>): its dates, personal fields and areas.
/// Data that it does not cover is written into no file.
/// </summary>
/// <param name="Reference">The name that people use.</param>
/// <param name="ValidFrom">The first day, UTC.</param>
/// <param name="ValidUntil">The last day, UTC.</param>
/// <param name="Fields">Personal fields of <see cref="ListFields"/> that may be given.</param>
/// <param name="Areas">P-codes. A code does not include the areas below it. Null means every area.</param>
internal sealed record AgencyAgreement(string Reference, DateOnly ValidFrom, DateOnly ValidUntil,
    IReadOnlyList<string> Fields, IReadOnlyList<string>? Areas = null)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Why an order may not be disclosed under it; null when it may.</summary>
    internal string? Bars(Unit unit, PaymentOrder order)
    {
        var day = DateOnly.FromDateTime(unit.CreatedAt.UtcDateTime);
        return day < ValidFrom || day > ValidUntil ? "NO_AGREEMENT"
            : Areas is not null && !Areas.Contains(order.Area) ? "OUTSIDE_AGREEMENT"
            : null;
    }

    /// <summary>The agreement of a connection; null where none is set.</summary>
    internal static Result<AgencyAgreement?> Of(Connection connection, PartnerFormat format)
    {
        if (connection["agreement"] is not { } text)
        {
            return (AgencyAgreement?)null;
        }

        try
        {
            var agreement = JsonSerializer.Deserialize<AgencyAgreement>(text, Strict)!;
            return agreement.Fault(format) is { } fault ? fault : agreement;
        }
        catch (JsonException broken)
        {
            return AgencyRefusals.SettingUnreadable(
                $"agreement{broken.Path?.TrimStart('$')}", "is missing, not known, there twice, or of another kind");
        }
    }

    /// <summary>
    /// Columns that it does not allow are refused here, never left blank in a file. A list without names is not the
    /// agreed list.
    /// </summary>
    private Refusal? Fault(PartnerFormat format)
    {
        var personal = ListFields.Table.Where(field => field.Personal).Select(field => field.Name).ToList();
        var strange = Fields.FirstOrDefault(field => !personal.Contains(field));
        var barred = format.List!.Columns.Concat(format.Stop!.Columns).Select(column => column.Field).OfType<string>()
            .FirstOrDefault(field => personal.Contains(field) && !Fields.Contains(field));
        return Reference.Length is 0 or > 100
            ? AgencyRefusals.SettingUnreadable("agreement.reference", "must have 1 to 100 characters")
            : ValidUntil < ValidFrom ? AgencyRefusals.SettingUnreadable(
                "agreement.validUntil", $"is before {ValidFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")
            : strange is not null ? AgencyRefusals.SettingUnreadable(
                "agreement.fields", $"'{strange}' is none of {string.Join(", ", personal)}")
            : Areas is { Count: 0 } ? AgencyRefusals.SettingUnreadable("agreement.areas", "names none")
            : barred is not null
                ? AgencyRefusals.NotAgreed("format", $"gives {barred}, which the agreement does not allow")
            : null;
    }
}
