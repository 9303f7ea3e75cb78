using System.Globalization;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// Made-up account numbers of Niger with correct check digits. The format is 28 characters, from the registry of IBAN
/// formats (ISO 13616). It has NE, 2 check digits, and a bank code of 2 letters and 3 digits. Then come 5 digits of
/// branch, 12 of account and 2 of national check.
/// </summary>
internal static class Iban
{
    private const string Country = "NE";

    public static string Of(Random random)
    {
        var national = string.Create(
            CultureInfo.InvariantCulture,
            $"NE{random.Next(1, 200):000}{random.Next(1, 99_999):00000}"
                + $"{random.NextInt64(1, 1_000_000_000_000):000000000000}{random.Next(0, 97):00}");
        return Invariant($"{Country}{CheckDigits(national):00}{national}");
    }

    /// <summary>ISO 7064 MOD 97-10: 98 less the remainder of the rearranged number with 00 as check digits.</summary>
    private static int CheckDigits(string national) => 98 - Remainder(national + Country + "00");

    private static int Remainder(string text)
    {
        var remainder = 0;
        foreach (var letter in text)
        {
            remainder = char.IsAsciiDigit(letter)
                ? ((remainder * 10) + (letter - '0')) % 97
                : ((remainder * 100) + (letter - 'A' + 10)) % 97;
        }

        return remainder;
    }
}
