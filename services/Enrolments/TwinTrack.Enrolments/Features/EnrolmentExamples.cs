using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class EnrolmentExamples
{
    public static readonly ApiExample[] All =
    [
        new(nameof(EnrolHouseholds), new EnrolHouseholds.Request(["NE003"], 25.5m)),
        new("SuspendEnrolment", new ChangeEnrolment.Request("The household has moved.")),
        new("ResumeEnrolment", new ChangeEnrolment.Request("The new address is known.")),
        new("ExitEnrolment", new ChangeEnrolment.Request("The household asked to leave.")),
        new(nameof(DecideDuplicate), new DecideDuplicate.Request("keep")),
    ];
}
