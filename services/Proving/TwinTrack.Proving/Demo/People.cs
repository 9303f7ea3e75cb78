using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// The demonstration accounts of a host that was started with them; each person has a token of their own.
/// </summary>
/// <param name="host">The gateway.</param>
/// <param name="patience">How long a request goes on while the host cannot be reached.</param>
internal sealed class People(Uri host, TimeSpan patience) : IDisposable
{
    /// <summary>The gateway's default for <c>auth:demoPassword</c>.</summary>
    public const string Password = "twintrack-demo";

    public static readonly string[] Names =
    [
        "admin", "registrar", "manager", "approver1", "approver2", "finance", "operator", "cochair.gov", "cochair.un",
        "reconciler", "auditor", "grievance",
    ];

    private readonly Dictionary<string, Api> _known = [];

    public Api Admin => _known["admin"];

    public Api Registrar => _known["registrar"];

    public Api Manager => _known["manager"];

    public Api FirstApprover => _known["approver1"];

    public Api SecondApprover => _known["approver2"];

    public Api Finance => _known["finance"];

    public Api Operator => _known["operator"];

    /// <summary>Votes for the government.</summary>
    public Api GovernmentChair => _known["cochair.gov"];

    /// <summary>Votes for the United Nations partner.</summary>
    public Api PartnerChair => _known["cochair.un"];

    public Api Reconciler => _known["reconciler"];

    public Api Auditor => _known["auditor"];

    public async Task LogInAsync(CancellationToken cancel)
    {
        foreach (var name in Names)
        {
            var login = await Api.LogInAsync(host, name, Password, patience, cancel);
            _known[name] = new Api(host, login.Require("token"), patience);
        }
    }

    public void Dispose()
    {
        foreach (var api in _known.Values)
        {
            api.Dispose();
        }
    }
}
