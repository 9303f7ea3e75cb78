using System.Globalization;

namespace TwinTrack.Enrolments.Domain;

/// <summary>Personal data as screens show it: enough to recognise who one speaks with, too little to use.</summary>
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
