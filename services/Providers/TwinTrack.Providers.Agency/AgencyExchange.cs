using System.Text.RegularExpressions;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Reads and fills the shared directory over our API. Files and names are the same as in a file transfer.
/// </summary>
internal static partial class AgencyExchange
{
    internal static Refusal? Bars(AgencyProfile profile, IReadOnlyCollection<string> areas, DateOnly day) =>
        profile.Agreement is not { } agreement ? null
        : day < agreement.ValidFrom || day > agreement.ValidUntil ? AgencyRefusals.AgreementOver(agreement.Reference)
        : agreement.Areas is { } allowed && areas.Any(area => !allowed.Contains(area))
            ? AgencyRefusals.AreaNotAgreed(agreement.Reference)
        : null;

    internal static IReadOnlyList<Tranche> Tranches(
        AgencyProfile profile, ExchangeFolder folder, string? after, int limit) =>
        [.. folder.KeptNames("*.control.json").Select(name => name[..^".control.json".Length])
            .Where(reference => string.CompareOrdinal(reference, after) > 0).Order(StringComparer.Ordinal)
            .Select(reference => Find(profile, folder, reference)).OfType<Tranche>().Take(limit)];

    /// <summary>Null also when only the control file exists: the list is not written yet, or was taken away.</summary>
    internal static Tranche? Find(AgencyProfile profile, ExchangeFolder folder, string reference) =>
        Reference().IsMatch(reference) && folder.Kept(DistributionList.ControlName(reference)) is { } control
            && ListTotals.Read(control) is { } totals && folder.Lies(totals.File)
            ? new Tranche(
                reference, totals.List, totals.File, totals.Rows, totals.SumMinor, totals.Currency, totals.Sha256,
                profile.Connection["signingKey"] is not null
                    && folder.Lies(DistributionList.ControlName(reference) + Signatures.Ending))
            : null;

    internal static Task<byte[]?> OpenAsync(ExchangeFolder folder, Tranche tranche, TranchePart part,
        CancellationToken cancel) => folder.OpenAsync(
        part switch
        {
            TranchePart.List => tranche.File,
            TranchePart.Control => DistributionList.ControlName(tranche.Reference),
            _ => DistributionList.ControlName(tranche.Reference) + Signatures.Ending,
        },
        cancel);

    internal static async Task<Result<bool>> TakeInAsync(
        AgencyProfile profile, ExchangeFolder folder, string name, byte[] content, byte[]? signature,
        CancellationToken cancel)
    {
        if (!Name().IsMatch(name) || AgencyAdapter.KindOf(profile.Format, name) is null)
        {
            return AgencyRefusals.UnknownDocument();
        }

        if (content.Length is 0 or > PartnerTable.BytesMax)
        {
            return AgencyRefusals.TooLarge(PartnerTable.BytesMax);
        }

        if (profile.HandOver.Signed is { } holds && (signature is null || !holds(content, signature)))
        {
            return AgencyRefusals.NotSigned();
        }

        return await folder.TakeInAsync(name, content, profile.HandOver.Signed is null ? null : signature,
            cancel) is { } fresh ? fresh : AgencyRefusals.NameTaken();
    }

    [GeneratedRegex(@"^[A-Z0-9]{1,35}(-[A-F0-9]{12})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
