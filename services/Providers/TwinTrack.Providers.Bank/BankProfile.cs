using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Bank;

internal enum AccountForm
{
    Any,
    Iban,
    Domestic,
    Proxy,
}

/// <summary>How one bank needs its files: a connection's settings, read and checked against each other.</summary>
internal sealed record BankProfile
{
    /// <summary>The version of pain.001 that has UETR, BICFI and proxies.</summary>
    private const string Modern = "pain.001.001.09";

    /// <summary>Orders a unit where <c>unitMax</c> is not set.</summary>
    private const int UnitStandard = 500;

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    internal required Connection Connection { get; init; }

    internal required string OrderMessage { get; init; }

    internal required string RecallMessage { get; init; }

    internal required AccountForm Accounts { get; init; }

    /// <summary>Null: the bank is not told.</summary>
    internal required bool? BatchBooking { get; init; }

    internal required TimeOnly? CutOff { get; init; }

    internal required TimeSpan UtcOffset { get; init; }

    internal required IReadOnlySet<DayOfWeek> ClosedDays { get; init; }

    internal required BankStatusMap.Rules Rules { get; init; }

    internal bool IsModern => OrderMessage == Modern;

    internal bool Latin => this["characterSet"] == "latin";

    internal Currency Currency => Connection.Currency;

    internal string StatementAccount => this["statementAccount"] ?? Connection.Require("debtorAccount");

    internal ExchangeRules HandOver =>
        new(Numbered: this["numbering"] == "files", Checksums: this["checksums"] == "sha256");

    /// <summary>A setting's value, or its default.</summary>
    internal string? this[string name] => BankSettings.Of(Connection, name);

    internal static Result<BankProfile> Of(Connection connection) =>
        BankSettings.Fault(connection) is { } fault ? fault : Read(connection).Fitting();

    /// <summary>
    /// The execution day of a unit, in the bank's calendar. It depends only on the unit. So after a crash the same file
    /// is written again, and a recall names the same day.
    /// </summary>
    internal DateOnly ExecutionDay(Unit unit)
    {
        var local = unit.CreatedAt.ToOffset(UtcOffset);
        var day = DateOnly.FromDateTime(local.DateTime);
        day = CutOff is { } cutOff && TimeOnly.FromDateTime(local.DateTime) >= cutOff ? day.AddDays(1) : day;
        while (ClosedDays.Contains(day.DayOfWeek))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static BankProfile Read(Connection connection)
    {
        string? Of(string name) => BankSettings.Of(connection, name);
        return new BankProfile
        {
            Connection = connection,
            OrderMessage = Of("orderMessage")!,
            RecallMessage = Of("recallMessage")!,
            Accounts = Enum.Parse<AccountForm>(Of("accounts")!, ignoreCase: true),
            BatchBooking = Of("batchBooking") is { } batch ? batch == "true" : null,
            CutOff = Of("cutOff") is { } time ? TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture) : null,
            UtcOffset = Offset(Of("utcOffset")!),
            ClosedDays = (Of("closedDays")?.Split(',') ?? []).Select(day => (DayOfWeek)Array.IndexOf(Days, day))
                .ToHashSet(),
            Rules = new BankStatusMap.Rules((Of("rejectReasons")?.Split(',') ?? []).ToHashSet(StringComparer.Ordinal)),
        };
    }

    /// <summary>Checks that the settings fit together, so that no file fails half-way.</summary>
    private Result<BankProfile> Fitting()
    {
        var unitMax =
            int.TryParse(Connection["unitMax"], NumberStyles.None, CultureInfo.InvariantCulture, out var configured)
            ? configured : UnitStandard;
        return Accounts == AccountForm.Proxy && !IsModern
            ? BankRefusals.SettingsDisagree("accounts", $"{OrderMessage} knows no proxies")
            : this["localInstrument"] is not null && this["localInstrumentOwn"] is not null
                ? BankRefusals.SettingsDisagree("localInstrumentOwn", "localInstrument says the same in another way")
            : Connection["debtorBic"] is { } bic && !BankText.IsBic(bic, IsModern)
                ? BankRefusals.SettingUnreadable("debtorBic")
            : Limit("fileMaxTransactions") is { } orders && unitMax > orders
                ? BankRefusals.SettingsDisagree(
                    "fileMaxTransactions", Invariant($"a unit may have {unitMax} orders (unitMax)"))
            : Limit("fileMaxBytes") is { } bytes && CreditTransferDocument.BytesMax(unitMax) > bytes
                ? BankRefusals.SettingsDisagree(
                    "fileMaxBytes",
                    Invariant($"a unit of {unitMax} orders (unitMax) may need ")
                        + Invariant($"{CreditTransferDocument.BytesMax(unitMax)} bytes"))
            : this;
    }

    private long? Limit(string name) => this[name] is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static TimeSpan Offset(string text)
    {
        var span = TimeSpan.ParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture);
        return text[0] == '-' ? -span : span;
    }
}
