using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwinTrack.Contracts;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Proving.Documents;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// tests/Messages holds what was released: for each message its shape on the wire, and samples. A build that reads them
/// differently would misread a queue or an outbox at the next upgrade.
/// </summary>
public sealed class Stored_messages
{
    private const string Remedy =
        "The shape of a released message is frozen. Leave this version as it was, put the new shape beside it as the "
        + "next version (docs/internals/messaging-and-jobs.md, How a message changes), and write its sample with "
        + "./twintrack docs --samples";

    private static readonly Dictionary<string, Type> Types =
        Topology.Arrows.ToDictionary(arrow => ContractDocuments.Named(arrow.Message), arrow => arrow.Message);

    private static readonly Dictionary<string, JsonNode> Files =
        Directory.EnumerateFiles(Path.Combine(Installation.Sources(), MessageSamples.Folder), "*.json").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), file => JsonNode.Parse(File.ReadAllText(file))!);

    public static TheoryData<string> Names() => [.. Types.Keys];

    [Fact]
    public void Are_there_for_every_message_and_for_no_other()
    {
        Types.Keys.Except(Files.Keys).Should()
            .BeEmpty("each message has a sample: ./twintrack docs --samples writes it");
        Files.Keys.Except(Types.Keys).Should().BeEmpty("a message that was released may still lie in a queue. {0}",
            Remedy);
    }

    [Fact]
    public void Carry_their_version() =>
        Types.Keys.Should().OnlyContain(name => name.Split('.').Length == 3 && name.Split('.')[1].StartsWith('V'));

    [Theory]
    [MemberData(nameof(Names))]
    public void Have_the_shape_in_which_they_were_released(string name) =>
        Lines(MessageSamples.ShapeOf(ContractDocuments.SchemaOf(Types[name]))).Should()
            .BeEquivalentTo(Lines(Files[name]["shape"]!), "{0}", Remedy);

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_read_back_member_by_member(string name)
    {
        foreach (var sample in Files[name]["samples"]!.AsArray())
        {
            var message = JsonSerializer.Deserialize(sample, Types[name], MessageJson.Options)!;

            Compare(sample, message, name);
            JsonNode.DeepEquals(JsonSerializer.SerializeToNode(message, Types[name], MessageJson.Options), sample)
                .Should().BeTrue("it is written as it was read");
        }
    }

    /// <summary>Each member in turn is left out, renamed, null, or of another kind; each list holds a null.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void With_one_fault_are_refused_and_the_member_is_named(string name)
    {
        var faults = 0;
        foreach (var (member, change, nullable) in Faults(Files[name]["samples"]![0]!))
        {
            var body = Files[name]["samples"]![0]!.DeepClone();
            change(body);
            var read = () => JsonSerializer.Deserialize(body, Types[name], MessageJson.Options);
            if (nullable is { } path && MayBeNull(name, path))
            {
                read.Should().NotThrow();
                continue;
            }

            var fault = read.Should().Throw<JsonException>($"{name} is {body.ToJsonString()}").Which;
            fault.Kind().Should().Contain(member);
            fault.IsUnreadable().Should().BeTrue();
            faults++;
        }

        faults.Should().BePositive();
    }

    [Fact]
    public void Whose_member_has_another_casing_are_no_zero()
    {
        var body = Files["Payments.V1.SubmitInstructions"]["samples"]![0]!.ToJsonString()
            .Replace("\"amountMinor\"", "\"AmountInMinor\"", StringComparison.Ordinal);

        FluentActions.Invoking(() => JsonSerializer.Deserialize(body, Types["Payments.V1.SubmitInstructions"],
                MessageJson.Options))
            .Should().Throw<JsonException>().Which.Kind().Should().Contain("AmountInMinor").And.Contain("$.rows[0]");
    }

    [Theory]
    [InlineData("Providers.V1.InstructionsReported", "outcome", "failed")]
    [InlineData("Providers.V1.InstructionsReported", "grade", "Z")]
    [InlineData("Providers.V1.ChannelAbilitiesDeclared", "instruments", "mobile_money")]
    [InlineData("Payments.V1.InstructionStatesChanged", "to", "InDoubt")]
    [InlineData("Payments.V1.DispositionsCounted", "evidence", "NeverSent")]
    public void With_an_unknown_word_are_refused_and_the_member_is_named(string name, string member, string word)
    {
        var body = Files[name]["samples"]![0]!.DeepClone();
        var at = Members(body).First(one => one.Name == member);
        at.Owner[member] = at.Owner[member] is JsonArray ? new JsonArray(word) : word;

        FluentActions.Invoking(() => JsonSerializer.Deserialize(body, Types[name], MessageJson.Options)).Should()
            .Throw<JsonException>().Which.Kind().Should().Contain(member).And.NotContain(word);
    }

    private static IEnumerable<(string Member, Action<JsonNode> Change, string? Nullable)> Faults(JsonNode sample)
    {
        foreach (var index in Enumerable.Range(0, Members(sample).Count()))
        {
            var (_, name, path) = Members(sample).ElementAt(index);
            yield return (name, body => At(body).Remove(name), null);
            yield return (Pascal(name), body => Rename(At(body), name, Pascal(name)), null);
            yield return (name, body => At(body)[name] = null, path);
            yield return (name, body => At(body)[name] = OfAnotherKind(At(body)[name]!), null);
            if (Members(sample).ElementAt(index).Owner[name] is JsonArray)
            {
                yield return (name, body => At(body)[name]!.AsArray().Add(null), null);
            }

            JsonObject At(JsonNode body) => Members(body).ElementAt(index).Owner;
        }
    }

    private static bool MayBeNull(string name, string path) =>
        ((string)Files[name]["shape"]![path]!).EndsWith('?');

    /// <summary>All members, each with its object and its path in the shape; of a list, its first row.</summary>
    private static IEnumerable<(JsonObject Owner, string Name, string Path)> Members(JsonNode node, string path = "")
    {
        if (node is JsonArray list)
        {
            return list.Count == 0 ? [] : Members(list[0]!, path + "*");
        }

        return node is not JsonObject owner ? [] : owner.SelectMany(member =>
        {
            var here = path.Length == 0 ? member.Key : $"{path}.{member.Key}";
            return member.Value is null ? [(owner, member.Key, here)]
                : Members(member.Value, here).Prepend((owner, member.Key, here));
        });
    }

    private static void Compare(JsonNode? node, object? value, string path)
    {
        switch (node)
        {
            case null:
                value.Should().BeNull(path);
                break;
            case JsonObject members:
                var properties = value!.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
                properties.Should().HaveCount(members.Count, path);
                foreach (var property in properties)
                {
                    var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                    Compare(members[name], property.GetValue(value), $"{path}.{name}");
                }

                break;
            case JsonArray rows:
                var read = ((System.Collections.IEnumerable)value!).Cast<object?>().ToList();
                read.Should().HaveCount(rows.Count, path);
                foreach (var (row, item) in rows.Zip(read))
                {
                    Compare(row, item, path + "*");
                }

                break;
            default:
                (value switch
                {
                    bool truth => truth ? "true" : "false",
                    DateTimeOffset at => at.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture),
                    DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture),
                }).Should().Be(node.ToString(), path);
                break;
        }
    }

    private static JsonNode OfAnotherKind(JsonNode value) =>
        value.GetValueKind() is JsonValueKind.String ? 7 : "a text";

    private static void Rename(JsonObject owner, string name, string other)
    {
        var value = owner[name]?.DeepClone();
        owner.Remove(name);
        owner[other] = value;
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static IEnumerable<string> Lines(JsonNode shape) =>
        shape.AsObject().Select(member => $"{member.Key}: {member.Value}");
}
