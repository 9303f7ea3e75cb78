namespace TwinTrack.Kernel;

/// <summary>
/// What a person may do. One person may hold several; the domain still keeps maker and checker apart.
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
    /// Neutral: prepares a switch, proposes and rehearses it and sees totals. Never votes, never sees people: a token
    /// that says so holds no other role.
    /// </summary>
    public const string Facilitator = "facilitator";

    /// <summary>Imports statements, works breaks, certifies.</summary>
    public const string Reconciler = "reconciler";

    /// <summary>Reads everything but personal data; changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Answers for one payment: sees its story.</summary>
    public const string Grievance = "grievance";

    /// <summary>
    /// A partner's system: fetches its own lists and brings its own returns, on the channels whose connections name it,
    /// and sees nothing else.
    /// </summary>
    public const string Partner = "partner";

    /// <summary>The people of the programme.</summary>
    public static readonly string[] Staff =
        [Admin, Registrar, ProgrammeManager, Approver, Finance, Operator, CoChair, Facilitator, Reconciler, Auditor,
            Grievance];

    public static readonly string[] All = [.. Staff, Partner];
}
