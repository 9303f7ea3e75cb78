namespace TwinTrack.Proving.Demo;

/// <summary>
/// The demonstration programme's amounts, in francs CFA, a currency without a smaller unit. They are given to
/// TwinTrack, and also computed here independently. So the providers' ledgers are compared with amounts that TwinTrack
/// did not compute.
/// </summary>
internal static class Rule
{
    public const string Programme = "NE-SSN";
    public const string Currency = "XOF";
    public const string TreasurySource = "treasury";
    public const string PartnerSource = "nutrition-fund";

    private const int Base = 15_000;
    private const int PerMember = 2_500;
    private const int MembersMax = 8;
    private const int Cap = 25_000;
    private const int TopUp = 5_000;

    public static object Definition => new { name = "Niger social safety net", currency = Currency };

    public static object Parameters => new
    {
        @base = new
        {
            baseMinor = Base,
            perMemberMinor = PerMember,
            membersMax = MembersMax,
            capMinor = Cap,
            fundingSource = TreasurySource
        },
        topUps = new[] { new { name = "nutrition", amountMinor = TopUp, areas = new[] { NigerRegions.TopUp },
            fundingSource = PartnerSource } },
    };

    /// <summary>What a household is due in one cycle, all components together.</summary>
    public static long Due(int members, string area) =>
        Math.Min(Base + (PerMember * Math.Min(members, MembersMax)), Cap) + (area == NigerRegions.TopUp ? TopUp : 0);

    /// <summary>How many obligations that makes.</summary>
    public static int Components(string area) => area == NigerRegions.TopUp ? 2 : 1;
}
