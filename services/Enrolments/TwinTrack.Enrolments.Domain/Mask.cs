using System.Globalization;

namespace TwinTrack.Enrolments.Domain;

/// <summary>Masks personal data for screens. It shows enough to recognise a person, and too little to misuse.</summary>
public static class Mask
{
    private const int EndingShown = 2;

    /// <summary>A. M. for Amina Moussa.</summary>
    public static string Initials(string name) => string.Join(
        ' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => StringInfo.GetNextTextElement(word) + "."));

    /// <summary>The last two characters; empty when there is no account.</summary>
    public static string Account(string? account) =>
        string.IsNullOrEmpty(account) ? "" : $"••{account[^Math.Min(EndingShown, account.Length)..]}";
}
