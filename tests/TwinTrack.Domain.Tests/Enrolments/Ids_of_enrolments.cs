using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class Ids_of_enrolments
{
    private const string Digits = "_0198c0ffee0198c0ffee0198c0ffee01";

    [Fact]
    public void Survive_their_own_text_with_their_own_prefix()
    {
        Text<ImportId>("imp" + Digits).Should().Be("imp" + Digits);
        Text<DuplicateId>("dup" + Digits).Should().Be("dup" + Digits);
        Text<EnrolmentRunId>("run" + Digits).Should().Be("run" + Digits);
        ImportId.TryParse("dup" + Digits, null, out _).Should().BeFalse();
        DuplicateId.TryParse("imp" + Digits, null, out _).Should().BeFalse();
        EnrolmentRunId.TryParse("imp" + Digits, null, out _).Should().BeFalse();
    }

    private static string? Text<TId>(string text)
        where TId : struct, ITypedId<TId>
    {
        TId.TryParse(text, null, out var id).Should().BeTrue();
        TId.Parse(text, null).Should().Be(id);
        TId.From(id.Value).Should().Be(id);
        return id.ToString();
    }
}
