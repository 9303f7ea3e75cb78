using TwinTrack.Contracts.Words;
using TwinTrack.Platform.Web;

namespace TwinTrack.Gateway.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class AccountExamples
{
    public static readonly ApiExample[] All =
    [
        new(nameof(IssueToken), new IssueToken.Request("finance", "a long password")),
        new(nameof(ChangePassword), new ChangePassword.Request("a long password", "a longer password")),
        new(nameof(CreateUser), new CreateUser.Request("amina", "a long password", Parties.Government, ["approver"])),
        new(nameof(ChangeUser), new ChangeUser.Request(Parties.Government, ["approver", "auditor"], Disabled: false)),
    ];
}
