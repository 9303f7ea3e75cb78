namespace TwinTrack.Kernel;

/// <summary>
/// What a person may do. One person may hold several roles. The domain still separates maker and checker.
/// </summary>
public static class Role
{
    /// <summary>Sets up areas, programmes, channels, connections, protocols and users.</summary>
    public const string Admin = "admin";

    /// <summary>Imports registries, enrols, decides duplicates.</summary>
    public const string Registrar = "registrar";

    /// <summary>Opens and closes cycles, makes batches.</summary>
    public const string ProgrammeManager = "programme_manager";

    /// <summary>Approves batches.</summary>
    public const string Approver = "approver";

    /// <summary>Deposits and commits funds, releases batches.</summary>
    public const string Finance = "finance";

    /// <summary>Pauses and resumes channels, proposes and rehearses switches, works incidents.</summary>
    public const string Operator = "operator";

    /// <summary>Votes on a switch for their party.</summary>
    public const string CoChair = "cochair";

    /// <summary>
    /// Neutral: prepares, proposes and rehearses a switch, and sees totals. Never votes and never sees personal data. A
    /// token with this role must hold no other role.
    /// </summary>
    public const string Facilitator = "facilitator";

    /// <summary>Imports statements, works breaks, certifies.</summary>
    public const string Reconciler = "reconciler";

    /// <summary>Reads everything but personal data; changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Answers a person's question about one payment, and sees its history.</summary>
    public const string Grievance = "grievance";

    /// <summary>
    /// A partner's system. It fetches its lists and uploads its returns, on the channels whose connections name it. It
    /// sees nothing else.
    /// </summary>
    public const string Partner = "partner";

    /// <summary>The people of the programme.</summary>
    public static readonly string[] Staff =
        [Admin, Registrar, ProgrammeManager, Approver, Finance, Operator, CoChair, Facilitator, Reconciler, Auditor,
            Grievance];

    public static readonly string[] All = [.. Staff, Partner];
}
