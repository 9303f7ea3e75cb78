using System.Globalization;

namespace TwinTrack.Proving.Demo;

/// <summary>The content of the registry file, to compare with the providers' ledgers.</summary>
internal sealed class RegistryFacts
{
    private readonly Dictionary<string, int> _groups = [];
    private readonly Dictionary<int, long> _due = [];

    /// <summary>What every good household is due, together.</summary>
    public long DueMinor { get; private set; }

    public int Obligations { get; private set; }

    /// <summary>Households with something wrong.</summary>
    public int Flawed { get; private set; }

    /// <summary>
    /// The household of an account or a registry number, or the group that shares an account. Null when no payment is
    /// due there.
    /// </summary>
    public int? GroupOf(string payee) => _groups.TryGetValue(payee.TrimStart('+'), out var group) ? group : null;

    public long DueOf(int group) => _due[group];

    public void AddFlawed() => Flawed++;

    public void Add(Household household)
    {
        var account = household.Account.TrimStart('+');
        var group = account.Length > 0 && _groups.TryGetValue(account, out var sharing) ? sharing : household.Number;
        if (account.Length > 0)
        {
            _groups[account] = group;
        }

        _groups[household.RegistryId] = group;
        var due = Rule.Due(household.Members, household.Area);
        _due[group] = _due.GetValueOrDefault(group) + due;
        DueMinor += due;
        Obligations += Rule.Components(household.Area);
    }
}

/// <summary>Writes a made-up social registry: the same seed makes the same file.</summary>
internal static class RegistryFile
{
    private const string Header =
        "household_id,area,poverty_score,registered_on,member,name,sex,birth_date,national_id,"
            + "instrument,account,bank_bic";

    /// <summary>One household in fifty, 2 %, has something wrong.</summary>
    private const int FlawedEvery = 50;
    private const int MembersMax = 5;

    private static readonly Flaw[] Flaws = [.. Enum.GetValues<Flaw>().Where(flaw => flaw != Flaw.None)];

    public static async Task<RegistryFacts> WriteAsync(string path, int households, int seed, CancellationToken cancel)
    {
#pragma warning disable CA5394 // Made-up people need a repeatable random, not an unguessable one.
        var random = new Random(seed);
#pragma warning restore CA5394
        var facts = new RegistryFacts();
        await using var file = new StreamWriter(path) { NewLine = "\n" };
        await file.WriteLineAsync(Header);
        Household? earlier = null;
        for (var number = 1; number <= households; number++)
        {
            cancel.ThrowIfCancellationRequested();
            var household = Make(number, random, earlier);
            foreach (var row in household.Rows(random))
            {
                await file.WriteLineAsync(row);
            }

            Count(facts, household);
            // The household that a later flaw copies is far before it, because adjacent rows of one household count as
            // one household.
            earlier = number % FlawedEvery == FlawedEvery / 2 ? household : earlier;
        }

        return facts;
    }

    /// <summary>
    /// Whether the registrar keeps this household when it is held for a shared account. Its number decides, so that it
    /// is known here too.
    /// </summary>
    public static bool IsKept(string registryId) =>
        int.Parse(registryId.AsSpan(4), CultureInfo.InvariantCulture) / (FlawedEvery * Flaws.Length) % 2 == 0;

    private static Household Make(int number, Random random, Household? earlier)
    {
        var flaw = number % FlawedEvery == 0 ? Flaws[number / FlawedEvery % Flaws.Length] : Flaw.None;
        if (flaw == Flaw.Twice && earlier is not null)
        {
            return earlier with { Flaw = flaw };
        }

        var (area, members) = (NigerRegions.Regions[random.Next(NigerRegions.Regions.Length)].Code,
            random.Next(1, MembersMax + 1));
        var instrument = flaw switch
        {
            Flaw.ScientificPhone => "mobile",
            Flaw.WrongCheckDigits => "bank",
            Flaw.SharedAccount => earlier!.Instrument,
            _ => random.Next(5) switch { 0 => "cash", 1 => "bank", _ => "mobile" },
        };
        var account = instrument switch
        {
            "cash" => "",
            _ when flaw == Flaw.SharedAccount => earlier!.Account,
            _ when flaw == Flaw.ScientificPhone => "2.2790E+10",
            "bank" when flaw == Flaw.WrongCheckDigits => "NE00" + Iban.Of(random)[4..],
            "bank" => Iban.Of(random),
            // Numbers are given out in order, so that two households share one only where that is the point.
            _ => Invariant($"+2279{number:0000000}"),
        };
        return new Household(number, area, members, instrument, account, flaw);
    }

    private static void Count(RegistryFacts facts, Household household)
    {
        // Cash has no account to share, so no household is held for it.
        var shares = household is { Flaw: Flaw.SharedAccount, Instrument: not "cash" };
        if ((household.Flaw is Flaw.None or Flaw.SharedAccount) && (!shares || IsKept(household.RegistryId)))
        {
            facts.Add(household);
        }

        if (household.Flaw != Flaw.None)
        {
            facts.AddFlawed();
        }
    }
}
