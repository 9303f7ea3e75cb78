namespace TwinTrack.TestRuns;

/// <summary>
/// The tests that a whole run does again in other cultures. They write and read text, and start no server.
/// </summary>
internal static class OtherCultures
{
    /// <summary>The formats of partners, without the tests that measure and those that wait for a clock.</summary>
    private const string Formats = "(FullyQualifiedName~Tests.Bank|FullyQualifiedName~Tests.Agency"
        + "|FullyQualifiedName~Every_body_we_write|FullyQualifiedName~A_mobile_money_statement"
        + "|FullyQualifiedName~An_order_on_the_wire)&FullyQualifiedName!~A_hundred_thousand&FullyQualifiedName!~Fuzzed";

    /// <summary>The rules, without the tests that try thousands of made-up inputs.</summary>
    private const string Rules = "FullyQualifiedName!~Foreseen_routes&FullyQualifiedName!~Routes_of_many"
        + "&FullyQualifiedName!~Amount_rule&FullyQualifiedName!~Fuzzed";

    /// <summary>
    /// ar_EG has a mark before a minus sign, and its own decimal point. fa_IR counts years by another calendar. tr_TR
    /// has two letters i. sv_SE has U+2212 as its minus sign.
    /// </summary>
    private static readonly (string Culture, string Project, string Filter)[] Table =
    [
        ("ar_EG", "TwinTrack.Domain.Tests", Rules),
        ("fa_IR", "TwinTrack.Domain.Tests", Rules),
        ("fa_IR", "TwinTrack.Providers.Tests", Formats),
        ("tr_TR", "TwinTrack.Domain.Tests", Rules),
        ("sv_SE", "TwinTrack.Providers.Tests", Formats),
        ("fa_IR", "TwinTrack.Platform.Tests", "FullyQualifiedName~A_message_form"),
    ];

    public static IEnumerable<TestShare> In(IReadOnlyList<string> projects) => Table.Select(row => new TestShare(
        projects.Single(path => Path.GetFileNameWithoutExtension(path) == row.Project), row.Filter, row.Culture));
}
