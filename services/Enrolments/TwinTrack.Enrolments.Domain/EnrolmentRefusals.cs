using TwinTrack.Kernel;
using static TwinTrack.Kernel.RefusalKind;

namespace TwinTrack.Enrolments.Domain;

/// <summary>Refusals about households, enrolments and duplicates, in order of precedence.</summary>
public static class EnrolmentRefusals
{
    public static readonly Refusal NoAreas = new("file.empty", "The file holds no area.", Invalid);

    public static readonly Refusal FileName = new(
        "import.name_unreadable", "Give the file's name: ?name=, 1 to 140 characters.", Invalid);

    public static readonly Refusal ImportUnknown = new("import.unknown", "No such import.", NotFound);

    public static readonly Refusal Programme = new(
        "programme.unreadable", "A programme's code is 1 to 64 letters, digits, hyphens, points and underscores.",
        Invalid);

    public static readonly Refusal TooManyAreas = new(
        "enrolment.too_many_areas", "Name at most 1000 areas; an area includes those below it.", Invalid);

    public static readonly Refusal AreaUnknown = new(
        "area.unknown", "No area has one of these P-codes. May succeed once the areas are imported.");

    public static readonly Refusal RunUnknown = new("enrolment.run_unknown", "No such enrolment run.", NotFound);

    public static readonly Refusal EnrolmentUnknown = new(
        "enrolment.unknown", "This household was never enrolled in this programme.", NotFound);

    public static readonly Refusal NoReason = new(
        "enrolment.no_reason", "Say why, in 1 to 500 characters and without naming people.", Invalid);

    public static readonly Refusal DuplicateUnknown = new("duplicate.unknown", "No such duplicate.", NotFound);

    public static readonly Refusal Decision = new("decision.unknown", "Decide keep or exclude.", Invalid);

    public static readonly Refusal HouseholdUnknown = new("household.unknown", "No such household.", NotFound);
}
