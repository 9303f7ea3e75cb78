namespace TwinTrack.Enrolments.Domain;

/// <summary>The result for the lines of one household: either the household, or every line with its errors.</summary>
public sealed record HouseholdReading(HouseholdRecord? Household, IReadOnlyList<RowError> Errors, int Rows);

/// <summary>
/// The rules of a household as a whole. One bad row rejects the whole household, because a part of a household would be
/// paid the wrong amount.
/// </summary>
public static class HouseholdRules
{
    public const int MembersMax = 30;

    /// <summary>On later rows these fields are empty or repeat the first row.</summary>
    private static readonly RegistryField[] OfTheHead =
    [
        RegistryField.Area, RegistryField.PovertyScore, RegistryField.RegisteredOn, RegistryField.Instrument,
        RegistryField.Account, RegistryField.BankBic,
    ];

    /// <param name="lines">At least one; all of one household.</param>
    /// <param name="areas">Known P-codes, including those that the lines name.</param>
    /// <param name="today">No date lies after it.</param>
    /// <param name="country">ISO 3166-1 alpha-2 of the wallets' numbers; null: any.</param>
    public static HouseholdReading Read(
        IReadOnlyList<RegistryLine> lines, IReadOnlySet<string> areas, DateOnly today, string? country)
    {
        var errors = lines.Where(line => line.Error is not null).Select(line => line.Error!).ToList();
        var readable = lines.Where(line => line.Error is null).Select(line => new RowReader(line, errors)).ToList();
        if (lines.Count > MembersMax)
        {
            errors.AddRange(
                lines.Skip(MembersMax).Select(
                    line => RowError.Of(line.Row, RegistryLine.NameOf(RegistryField.Member),
                        FieldRefusals.TooManyMembers)));
            return new HouseholdReading(null, Complete(lines, errors), lines.Count);
        }

        if (readable.Count == 0)
        {
            return new HouseholdReading(null, Complete(lines, errors), lines.Count);
        }

        var household = ReadHousehold(readable, areas, today, country);
        return errors.Count == 0
            ? new HouseholdReading(household, [], lines.Count)
            : new HouseholdReading(null, Complete(lines, errors), lines.Count);
    }

    /// <summary>Every line of a household that is known already.</summary>
    public static HouseholdReading Duplicate(IReadOnlyList<RegistryLine> lines) => new(
        null,
        [.. lines.Select(
            line => line.Error
                ?? RowError.Of(line.Row, RegistryLine.NameOf(RegistryField.HouseholdId), FieldRefusals.Duplicate))],
        lines.Count);

    private static HouseholdRecord? ReadHousehold(
        List<RowReader> rows, IReadOnlySet<string> areas, DateOnly today, string? country)
    {
        var head = rows[0];
        var id = head.Take(RegistryField.HouseholdId, Fields.HouseholdId);
        var area =
            head.Take<string>(RegistryField.Area, text => areas.Contains(text) ? text : FieldRefusals.AreaUnknown);
        var score = head.Take(RegistryField.PovertyScore, PovertyScore.Parse);
        var registeredOn = head.Take(RegistryField.RegisteredOn, text => Fields.PastDay(text, today));
        var instrument = Instrument.Read(
            head.Text(RegistryField.Instrument), head.Text(RegistryField.Account), head.Text(RegistryField.BankBic),
            country, head.Refuse);
        var members = rows.Select((row, index) => ReadMember(row, index, head, today)).ToList();
        var ids = new HashSet<string>();
        for (var index = 0; index < members.Count; index++)
        {
            if (members[index].NationalId is { } national && !ids.Add(national))
            {
                rows[index].Refuse(RegistryField.NationalId, FieldRefusals.NationalIdRepeated);
            }
        }

        return instrument is null || id is null || area is null
            ? null
            : new HouseholdRecord(head.Row, id, area, score, registeredOn, members, instrument);
    }

    private static MemberRecord ReadMember(RowReader row, int index, RowReader head, DateOnly today)
    {
        var number = row.Take(RegistryField.Member, Fields.Member);
        if (number != index + 1)
        {
            row.Refuse(RegistryField.Member, index == 0 ? FieldRefusals.HeadMissing : FieldRefusals.MemberOrder);
        }

        var name = row.Take<string>(RegistryField.Name, text => text);
        var sex = row.Take(RegistryField.Sex, Fields.SexOf);
        var birth = row.Take(RegistryField.BirthDate, text => Fields.PastDay(text, today));
        var national = row.TakeOptional(RegistryField.NationalId, Fields.NationalId);
        foreach (var field in OfTheHead.Where(
            field => row.Text(field) is { Length: > 0 } value && value != head.Text(field)))
        {
            row.Refuse(field, FieldRefusals.NotAsHead);
        }

        return new MemberRecord(index + 1, name ?? "", sex, birth, national);
    }

    /// <summary>The good rows of a rejected household are reported too, so no row of the file is lost.</summary>
    private static List<RowError> Complete(IReadOnlyList<RegistryLine> lines, List<RowError> errors)
    {
        var reported = errors.Select(error => error.Row).ToHashSet();
        errors.AddRange(lines.Where(line => !reported.Contains(line.Row))
            .Select(line =>
                RowError.Of(line.Row, RegistryLine.NameOf(RegistryField.HouseholdId), FieldRefusals.RejectedWhole)));
        return [.. errors.OrderBy(error => error.Row)];
    }
}
