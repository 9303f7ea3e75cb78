using System.Globalization;
using System.Text;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>Made-up households in two areas, one of which the agency does not reach.</summary>
internal static class Registry
{
    public const string Areas = "pcode,name,parent\nNER,Niger,\nNE001,Agadez,NER\nNE003,Dosso,NER\n";

    public static string Csv(int households)
    {
        var text =
            new StringBuilder(
                "household_id,area,poverty_score,registered_on,member,name,sex,birth_date,national_id,instrument,"
                    + "account,bank_bic\n");
        for (var number = 1; number <= households; number++)
        {
            var area = number % 8 == 0 ? "NE001" : "NE003";
            var (instrument, account, bic) = number % 3 == 0
                ? ("bank", Invariant($"ACC{number:0000000000}"), "SONIBNENXXX")
                : ("mobile", Invariant($"+2279{number:0000000}"), "");
            text.Append(CultureInfo.InvariantCulture,
                $"HH-{number},{area},20,2026-01-15,1,Head Number "
                    + $"{number},F,1990-01-01,,{instrument},{account},{bic}\n");
            text.Append(CultureInfo.InvariantCulture, $"HH-{number},,,,2,Child Number {number},M,2024-01-01,,,,\n");
        }

        return text.ToString();
    }
}
