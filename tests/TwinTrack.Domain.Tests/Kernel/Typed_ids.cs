using System.Reflection;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class Typed_ids
{
    [Fact]
    public void Survive_their_own_text()
    {
        var id = InstructionId.New(TimeProvider.System);

        InstructionId.Parse(id.ToString(), null).Should().Be(id);
        id.ToString().Should().StartWith("ins_").And.HaveLength(36);
    }

    [Theory]
    [InlineData("obl_0198c0ffee0198c0ffee0198c0ffee01")]
    [InlineData("ins_00000000000000000000000000000000")]
    [InlineData("ins_short")]
    [InlineData("")]
    [InlineData(null)]
    public void Do_not_take_another_kind_for_their_own(string? text) =>
        InstructionId.TryParse(text, null, out _).Should().BeFalse();

    [Fact]
    public void Have_prefixes_that_no_two_kinds_share()
    {
        var prefixes = typeof(InstructionId).Assembly.GetTypes()
            .Where(type =>
                type.IsValueType && type.GetInterfaces()
                    .Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            .Select(type => (string)type.GetProperty("Prefix", BindingFlags.Public | BindingFlags.Static)!.GetValue(
                null)!);

        prefixes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Made_later_sort_later()
    {
        var earlier = InstructionId.From(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(1)));
        var later = InstructionId.From(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(2)));

        string.CompareOrdinal(earlier.ToString(), later.ToString()).Should().BeNegative();
    }

    [Fact]
    public void Actors_survive_their_own_text() =>
        Actor.Parse(new Actor("co@chair", "partner").ToString()).Should().Be(new Actor("co@chair", "partner"));
}
