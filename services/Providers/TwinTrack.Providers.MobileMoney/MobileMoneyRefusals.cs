using TwinTrack.Kernel;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// Refusals of this adapter, in order of precedence. None succeeds unchanged: the settings or the file must change.
/// </summary>
public static class MobileMoneyRefusals
{
    public static Refusal Setting(string name, string what) =>
        new("mobile_money.setting",
            $"Setting '{name}' {what}. Correct it and set the connection again.", RefusalKind.Invalid);

    public static Refusal StatementSize(long bytesMax) => new(
        "mobile_money.statement_size",
        Invariant($"A statement is at most {bytesMax} bytes of UTF-8. Split it and import its parts."),
        RefusalKind.Invalid);

    public static Refusal StatementRow(int row, string field, string what) => new(
        "mobile_money.statement_row", Invariant($"Row {row}, {field}: {what}. Correct it and import again."),
        RefusalKind.Invalid);
}
