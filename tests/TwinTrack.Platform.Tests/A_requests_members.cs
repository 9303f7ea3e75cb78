using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Tests;

/// <summary>What the host takes from a request whose members are not exactly those of its record.</summary>
public sealed class A_requests_members
{
    private static readonly JsonSerializerOptions Options =
        RequestJson.Of(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    private enum Colour
    {
        Red,
        Green,
    }

    private sealed record Part(long Minor, int Percent = 7);

    private sealed record RequestForm(
        string Name, long AmountMinor, bool Agree, DateOnly Day, CycleId Cycle, Colour Colour, Part Part,
        string? Note, long? CapMinor, IReadOnlyList<Part>? More = null, int Times = 1);

    private static Dictionary<string, string> Whole => new()
    {
        ["name"] = "\"x\"",
        ["amountMinor"] = "5",
        ["agree"] = "true",
        ["day"] = "\"2026-11-01\"",
        ["cycle"] = "\"cyc_0198c0ffee0198c0ffee0198c0ffee01\"",
        ["colour"] = "\"Green\"",
        ["part"] = "{\"minor\":1}",
        ["note"] = "\"n\"",
        ["capMinor"] = "9",
    };

    [Theory]
    [InlineData("name")]
    [InlineData("amountMinor")]
    [InlineData("agree")]
    [InlineData("day")]
    [InlineData("cycle")]
    [InlineData("colour")]
    [InlineData("part")]
    public void Have_no_value_when_they_are_missing(string member)
    {
        var members = Whole;
        members.Remove(member);

        Refused(Text(members)).Should().Contain(member);
    }

    [Theory]
    [InlineData("note")]
    [InlineData("capMinor")]
    public void May_be_missing_where_they_may_be_null_and_mean_the_same(string member)
    {
        var (absent, empty) = (Whole, Whole);
        absent.Remove(member);
        empty[member] = "null";

        Read(Text(absent)).Should().Be(Read(Text(empty)));
    }

    [Fact]
    public void Have_their_records_default_when_it_declares_one() =>
        Read(Text(Whole)).Should().Match<RequestForm>(
            body => body.Times == 1 && body.Part.Percent == 7 && body.More == null);

    [Theory]
    [InlineData("amountMinor", "\"5\"")]
    [InlineData("amountMinor", "5.5")]
    [InlineData("amountMinor", "null")]
    [InlineData("amountMinor", "\"NaN\"")]
    [InlineData("agree", "\"true\"")]
    [InlineData("agree", "1")]
    [InlineData("colour", "1")]
    [InlineData("colour", "\"1\"")]
    [InlineData("colour", "\"Blue\"")]
    [InlineData("cycle", "\"cyc_0198C0FFEE0198C0FFEE0198C0FFEE01\"")]
    [InlineData("part", "{}")]
    [InlineData("part", "{\"minor\":\"1\"}")]
    [InlineData("part", "{\"minor\":1,\"minor\":2}")]
    [InlineData("part", "{\"minor\":1,\"extra\":2}")]
    [InlineData("more", "[{}]")]
    public void Are_not_taken_from_another_kind_of_value(string member, string value) =>
        Refused(Text(new(Whole) { [member] = value })).Should().NotBeEmpty();

    [Theory]
    [InlineData("\"amountMinor\":6")]
    [InlineData("\"AmountMinor\":6")]
    [InlineData("\"amountInMinor\":6")]
    public void Are_refused_when_they_are_repeated_or_unknown(string more) =>
        Refused(Text(Whole)[..^1] + "," + more + "}").Should().NotBeEmpty();

    private static string Text(Dictionary<string, string> members) =>
        "{" + string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}";

    private static RequestForm Read(string text) => JsonSerializer.Deserialize<RequestForm>(text, Options)!;

    private static string Refused(string text) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<JsonException>().Which.Message;
}
