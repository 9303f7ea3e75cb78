using System.Globalization;

namespace TwinTrack.Proving.Demo;

/// <summary>What is wrong with a household's rows in the registry file, if anything.</summary>
internal enum Flaw
{
    None,

    /// <summary>No such P-code.</summary>
    UnknownArea,

    /// <summary>A spreadsheet turned the phone into 2.2790E+10.</summary>
    ScientificPhone,

    /// <summary>Born after today.</summary>
    FutureBirth,

    NegativeScore,

    NoName,

    /// <summary>An account number whose check digits do not fit.</summary>
    WrongCheckDigits,

    /// <summary>The same household appears a second time.</summary>
    Twice,

    /// <summary>It has the account of an earlier household. It is accepted, but held until a person decides.</summary>
    SharedAccount,
}

/// <summary>One made-up household of the registry file.</summary>
/// <param name="Number">From 1; the registry's id is made from it.</param>
/// <param name="Instrument">mobile, bank or cash.</param>
/// <param name="Account">Phone or IBAN; empty for cash.</param>
internal sealed record Household(int Number, string Area, int Members, string Instrument, string Account, Flaw Flaw)
{
    private static readonly string[] Women = ["Aichatou", "Balkissa", "Fatima", "Hadiza", "Halima", "Mariama", "Nana",
        "Rabi", "Rakia", "Salamatou", "Zeinabou"];
    private static readonly string[] Men = ["Abdou", "Adamou", "Boubacar", "Hamidou", "Ibrahim", "Issoufou",
        "Mahamadou", "Moussa", "Oumarou", "Salissou", "Souleymane"];
    private static readonly string[] Families =
        ["Abarchi", "Alio", "Garba", "Hassane", "Idi", "Issa", "Kane", "Laouali", "Maman", "Oumarou", "Sani", "Seyni",
            "Yacouba"];

    /// <summary>The household's number in the social registry.</summary>
    public string RegistryId => Id(Number);

    /// <summary>Its rows, one a member, the head first.</summary>
    public IEnumerable<string> Rows(Random random)
    {
        for (var member = 1; member <= Members; member++)
        {
            var woman = random.Next(2) == 0;
            var name = $"{Pick(woman ? Women : Men, random)} {Pick(Families, random)}";
            var born = member == 1 ? new DateOnly(random.Next(1955, 2004), random.Next(1, 13), random.Next(1, 29))
                : new DateOnly(random.Next(2008, 2025), random.Next(1, 13), random.Next(1, 29));
            yield return member == 1 ? Head(name, woman, born, random)
                : Invariant($"{RegistryId},,,,{member},{name},{Sex(woman)},{Day(born)},,,,");
        }
    }

    private string Head(string name, bool woman, DateOnly born, Random random)
    {
        var score = (Flaw == Flaw.NegativeScore ? "-" : "")
            + (random.Next(100, 600) / 10m).ToString(CultureInfo.InvariantCulture);
        var area = Flaw == Flaw.UnknownArea ? "NE999" : Area;
        var birth = Flaw == Flaw.FutureBirth ? new DateOnly(2199, 1, 1) : born;
        return Invariant($"{RegistryId},{area},{score},2026-0{random.Next(1, 9)}-1{random.Next(0, 9)},1,")
            + $"{(Flaw == Flaw.NoName ? "" : name)},{Sex(woman)},{Day(birth)},,"
            + $"{Instrument},{Account},{(Instrument == "bank" ? Bic(random) : "")}";
    }

    private static string Id(int number) => Invariant($"RSU-{number:0000000}");

    private static string Bic(Random random) => Pick(["ECOCNENI", "SNIBNENI", "BIRANENI", "ORBKNENI"], random);

    private static string Sex(bool woman) => woman ? "F" : "M";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Pick(string[] list, Random random) => list[random.Next(list.Length)];
}
