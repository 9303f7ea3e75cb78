using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Agency;

/// <summary>One partner's profile: a connection's settings, read and checked against each other.</summary>
internal sealed record AgencyProfile(Connection Connection, PartnerFormat Format, AgencyAgreement? Agreement)
{
    private static readonly string[] Needed = ["directory", "agencyName"];

    internal Currency Currency => Connection.Currency;

    internal ExchangeRules HandOver => new(
        Numbered: Connection["numbering"] == "files",
        Checksums: Connection["checksums"] == "sha256",
        Signed: Connection["partnerCertificate"] is { } certificate
            ? (content, signature) => Signatures.Holds(certificate, content, signature) : null);

    internal static Result<AgencyProfile> Of(Connection connection) => Fault(connection) is { } fault ? fault
        : PartnerFormats.Of(connection["format"], connection.Currency)
            .Then(format => Agency.AgencyAgreement.Of(connection, format)
                .Then<AgencyProfile>(agreement => new AgencyProfile(connection, format, agreement)));

    /// <summary>Keys are checked when the connection is set, not for every file.</summary>
    internal static Refusal? KeyFault(Connection connection)
    {
        var (certificate, key, theirs) = (connection["signingCertificate"], connection["signingKey"],
            connection["partnerCertificate"]);
        return certificate is null != key is null
            ? AgencyRefusals.SettingUnreadable(
                certificate is null ? "signingCertificate" : "signingKey", "is missing beside the other of the two")
            : certificate is not null && !Signatures.CanSign(certificate, key!)
                ? AgencyRefusals.SettingUnreadable("signingKey", "cannot be read, or is not the certificate's")
            : theirs is not null && !Signatures.CanCheck(theirs)
                ? AgencyRefusals.SettingUnreadable("partnerCertificate", "holds no certificate in PEM")
            : null;
    }

    private static Refusal? Fault(Connection connection) =>
        Needed.FirstOrDefault(name => connection[name] is null) is { } missing ? AgencyRefusals.SettingMissing(missing)
        : connection["numbering"] is not (null or "none" or "files")
            ? AgencyRefusals.SettingUnreadable("numbering", "must be none or files")
        : connection["checksums"] is not (null or "none" or "sha256")
            ? AgencyRefusals.SettingUnreadable("checksums", "must be none or sha256")
        : null;
}
