using System.Text;

namespace TwinTrack.Services.Tests.Enrolments;

/// <summary>Made-up registries: the same number makes the same household.</summary>
internal static class RegistryFile
{
    internal const string Header =
        "household_id,area,poverty_score,registered_on,member,name,sex,birth_date,national_id,instrument,account,"
            + "bank_bic\n";

    internal const string Areas = "pcode,name,parent\nNE,Niger,\nNE001,Agadez,NE\nNE002,Diffa,NE\n";

    /// <summary>Three people: a head paid by phone, an adult, and a child of two.</summary>
    internal static string Household(
        int number, string area = "NE001", string? phone = null, string? nationalId = null, string score = "25")
    {
        var (id, payee) = (nationalId ?? Invariant($"ID{number:00000000}"),
            phone ?? Invariant($"+2279{number:0000000}"));
        return Invariant($"""
            NE-{number:000000},{area},{score},2026-01-02,1,Amina Secret{number},F,1990-05-06,{id},mobile,{payee},
            NE-{number:000000},,,,2,Issa Secret{number},M,1988-01-01,,,,
            NE-{number:000000},,,,3,Hadiza Secret{number},F,2024-06-01,,,,

            """).ReplaceLineEndings("\n");
    }

    internal static string Of(int from, int count)
    {
        var text = new StringBuilder(Header);
        for (var number = from; number < from + count; number++)
        {
            text.Append(Household(number, number % 2 == 0 ? "NE001" : "NE002"));
        }

        return text.ToString();
    }
}
