using TwinTrack.Platform.Web;

namespace TwinTrack.Gateway.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class AccountExamples
{
    public static readonly ApiExample[] All =
    [
        new(nameof(IssueToken), new IssueToken.Request("finance", "a long password")),
        new(nameof(ChangePassword), new ChangePassword.Request("a long password", "a longer password")),
        new(nameof(CreateUser), new CreateUser.Request("amina", "a long password", "government", ["approver"])),
        new(nameof(ChangeUser), new ChangeUser.Request("government", ["approver", "auditor"], Disabled: false)),
    ];
}
