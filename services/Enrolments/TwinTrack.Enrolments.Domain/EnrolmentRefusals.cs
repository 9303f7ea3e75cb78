using TwinTrack.Kernel;
using static TwinTrack.Kernel.RefusalKind;

namespace TwinTrack.Enrolments.Domain;

/// <summary>Refusals about households, enrolments and duplicates, in order of precedence.</summary>
public static class EnrolmentRefusals
{
    public static readonly Refusal NoAreas = new("file.empty",
        "The file has no areas. Add at least one line after the header.", Invalid);

    public static readonly Refusal FileName = new(
        "import.name_unreadable",
            "The file's name is missing or too long. Give it as ?name= with 1 to 140 characters.", Invalid);

    public static readonly Refusal ImportUnknown = new("import.unknown",
        "No import has this id. Check the id in the answer to the upload.", NotFound);

    public static readonly Refusal Programme = new(
        "programme.unreadable",
            "This is not a programme's code. Use 1 to 64 letters, digits, hyphens, points and underscores.",
        Invalid);

    public static readonly Refusal TooManyAreas = new(
        "enrolment.too_many_areas",
            "There are more than 1000 areas. Name at most 1000; each area includes the areas below it.", Invalid);

    public static readonly Refusal AreaUnknown = new(
        "area.unknown",
            "One of these P-codes is not a registered area. Import the areas first, or correct the P-code.");

    public static readonly Refusal RunUnknown = new("enrolment.run_unknown",
        "No enrolment run has this id. Check the id in the answer to the request.", NotFound);

    public static readonly Refusal EnrolmentUnknown = new(
        "enrolment.unknown",
            "This household was never enrolled in this programme. Enrol it first.", NotFound);

    public static readonly Refusal NoReason = new(
        "enrolment.no_reason",
            "The reason is missing or too long. Give 1 to 500 characters, without names of people.", Invalid);

    public static readonly Refusal DuplicateUnknown = new("duplicate.unknown",
        "No suspected duplicate has this id. Check the id in the list of duplicates.", NotFound);

    public static readonly Refusal Decision = new("decision.unknown",
        "This is not a decision. Send keep or exclude.", Invalid);

    public static readonly Refusal HouseholdUnknown = new("household.unknown",
        "No household has this id. Check the id, or import the registry file first.", NotFound);
}
