using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Enrolments;

/// <summary>
/// Every lifecycle of Enrolments as a picture. A letter is the first letter of the next state. A dot means that the
/// trigger is refused.
/// </summary>
public sealed class Registry_lifecycles
{
    // E enrolled, S suspended, X exited.
    private const string EnrolmentPicture = """
                     Enrol Suspend Resume Exit
        Selected     E     .       .      X
        Enrolled     .     S       .      X
        Suspended    .     .       E      X
        Exited       .     .       .      .
        """;

    // R registered, F flagged, X excluded.
    private const string HouseholdPicture = """
                     Register Flag Keep Exclude
        Staged       R        F    .    .
        Registered   .        .    .    .
        Flagged      .        .    R    X
        Excluded     .        .    .    .
        """;

    // S staging, C checking, D completed, N refusing, X refused.
    private const string ImportPicture = """
                     Begin ReachEnd Complete Refuse Clear
        Received     S     .        .        N      .
        Staging      .     C        .        N      .
        Checking     .     .        D        .      .
        Completed    .     .        .        .      .
        Refusing     .     .        .        .      X
        Refused      .     .        .        .      .
        """;

    // K kept, X excluded.
    private const string DuplicatePicture = """
                     Keep Exclude
        Open         K    X
        Kept         .    .
        Excluded     .    .
        """;

    [Fact]
    public void Every_cell_of_an_enrolment_is_as_drawn() => Compare(EnrolmentLifecycle.Table, EnrolmentPicture, new()
    {
        ['E'] = EnrolmentState.Enrolled,
        ['S'] = EnrolmentState.Suspended,
        ['X'] = EnrolmentState.Exited,
    });

    [Fact]
    public void Every_cell_of_a_household_is_as_drawn() => Compare(HouseholdLifecycle.Table, HouseholdPicture, new()
    {
        ['R'] = HouseholdState.Registered,
        ['F'] = HouseholdState.Flagged,
        ['X'] = HouseholdState.Excluded,
    });

    [Fact]
    public void Every_cell_of_an_import_is_as_drawn() => Compare(ImportLifecycle.Table, ImportPicture, new()
    {
        ['S'] = ImportState.Staging,
        ['C'] = ImportState.Checking,
        ['D'] = ImportState.Completed,
        ['N'] = ImportState.Refusing,
        ['X'] = ImportState.Refused,
    });

    [Fact]
    public void Every_cell_of_a_duplicate_is_as_drawn() => Compare(DuplicateLifecycle.Table, DuplicatePicture, new()
    {
        ['K'] = DuplicateState.Kept,
        ['X'] = DuplicateState.Excluded,
    });

    private static void Compare<TState, TTrigger>(
        TransitionTable<TState, TTrigger> table, string picture, Dictionary<char, TState> letters)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var lines = picture.ReplaceLineEndings("\n").Split('\n');
        var triggers = Words(lines[0]).Select(Enum.Parse<TTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<TTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<TState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<TState>(), "the picture shows every state");
        foreach (var cells in lines[1..].Select(Words))
        {
            for (var column = 0; column < triggers.Length; column++)
            {
                var drawn = table.Next(Enum.Parse<TState>(cells[0]), triggers[column])
                    .Match(state => letters.Single(pair => pair.Value.Equals(state)).Key, _ => '.');
                drawn.Should().Be(cells[column + 1][0], $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
