using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests;

/// <summary>
/// Orders as the world has them, from a seed: names in several scripts, with what XML, CSV and spreadsheets stumble
/// over.
/// </summary>
internal static class SeededOrders
{
    internal static readonly DateTimeOffset At = new(2026, 1, 31, 23, 59, 58, TimeSpan.Zero);

    private static readonly string[] Pieces =
    [
        "فاطمة عبد الرحمن", "Aïssatou", "O'Brien", "<b>&amp;</b>", "]]>", "\"quoted\"", "እናት", "কমলা", "\u0001\u0008",
        "\uD83D\uDE00", "\uD800", "a\tb\r\nc",
        "=HYPERLINK(1)", "+1", "@x", "-2", "\u200F", "Ñandú, María; José", "  ", "\uFFFE", new('م', 150),
        new string('x', 139) + "\uD83D\uDE00",
    ];

    private static readonly string?[] Accounts =
        ["GB82WEST12345698765432", "DE89370400440532013000", "0012345678", "12-3456-78", "MR1300020001010000123456753",
            "ET/0001/99"];

    private static readonly string?[] Bics = ["DEUTDEFF", "BARCGB22XXX", null, "not a bic"];

    internal static Currency Currency(string code) =>
        Kernel.Currency.Of(code).Match(known => known, refusal => throw new ArgumentException(refusal.Code));

    internal static string Reference(int seed, int number) =>
        Invariant($"{seed:x8}{number:x24}");

    internal static Unit Unit(int seed, int orders, string instrument = "bank") => new(
        Invariant($"U{seed:X8}"), At, "token",
        [.. Enumerable.Range(1, orders).Select(number => Order(seed, number, instrument))]);

    private static PaymentOrder Order(int seed, int number, string instrument)
    {
        // Seeded: a failure is found again by its number.
#pragma warning disable CA5394 // Not for secrets.
        var random = new Random((seed * 1000) + number);
        var name =
            string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        return new PaymentOrder(
            Reference(seed, number), Reference(seed + 1_000_000, number),
            new Payee(Invariant($"HH-{seed}-{number}"), name, instrument, Accounts[random.Next(Accounts.Length)],
                Bics[random.Next(Bics.Length)], random.Next(2) == 0 ? null : name),
            random.NextInt64(1, 1L << random.Next(1, 42)), "YE11", "cash & care");
#pragma warning restore CA5394
    }
}
