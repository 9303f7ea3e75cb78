using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.People;

/// <summary>
/// All people: they act at random, each in their role, through the real endpoints. They read the tables to find
/// something to do. A refusal is normal. A missing refusal is a violation.
/// </summary>
internal sealed class SimulatedPeople(SimulatedWorld world)
{
    public const string Programme = "PSN";

    /// <summary>Funding source that bears what is given up without evidence.</summary>
    public const string Bearer = "reserve";
    private static readonly Person Manager = new("manager", "government", Role.ProgrammeManager);
    private static readonly Person Finance = new("finance", "government", Role.Finance);
    private static readonly Person Operator = new("operator", "government", Role.Operator);
    private static readonly Person Reconciler = new("reconciler", "government", Role.Reconciler);
    private static readonly Person[] Approvers =
        [new("approver1", "government", Role.Approver), new("approver2", "government", Role.Approver)];
    private static readonly Person[] Chairs =
        [new("cochair.gov", "government", Role.CoChair), new("cochair.un", "partner", Role.CoChair)];
    private const double ForceChance = 0.25;
    private const double AbortChance = 0.04;
    private static readonly string[] Areas = ["NE001", "NE002", "NE003"];
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly List<string> _oldHashes = [];
    private int _acts;

    private sealed record ChannelRow(string Code, int Track, string Gate);

    private sealed record SwitchRow(string Id, string State, string? Hash);

    public int Switches { get; private set; }

    private Store Payments => world.Host.Payments.Store;

    private Store Routing => world.Host.Routing.Store;

    /// <summary>Somebody acts now and then until the time is over.</summary>
    public void Begin(DateTimeOffset until)
    {
        void Next() => world.After(world.Random.Between(0, 15), "somebody acts", () =>
        {
            Act();
            if (world.Now < until)
            {
                Next();
            }
        });

        Next();
    }

    /// <summary>Before release: on with the batch. After it: something.</summary>
    private void Act()
    {
        var (batch, state, hash) =
            Payments.Read("SELECT id, state, content_hash FROM batches ORDER BY created_at DESC LIMIT 1", row =>
            (Guid.Parse(row.GetString(0)), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)))
            .FirstOrDefault();
        var id = BatchId.From(batch).Text;
        switch (state)
        {
            case null:
                Do(new Call(Manager, "payments.CreateBatch", Key(),
                    new { cycleId = CycleId.From(Guid.Parse(Payments.Text("SELECT id FROM received_cycles")!)).Text }));
                break;
            case "AwaitingApproval":
                Approve(id, hash!);
                break;
            case "Approved":
                Do(new Call(Finance, "payments.ReleaseBatch", Key(), new { contentHash = hash }, id));
                break;
            case "Released":
                Disturb();
                break;
            default:
                break;
        }
    }

    private void Approve(string id, string hash)
    {
        if (world.Random.Chance(0.1))
        {
            MustRefuse(
                new Call(Approvers[0], "payments.ApproveBatch", Key(), new { contentHash = new string('0', 64) }, id),
                "an approval of another content counted");
        }

        var who = world.Random.Of(Approvers);
        Do(new Call(who, "payments.ApproveBatch", Key(), new { contentHash = hash }, id));
    }

    private void Disturb()
    {
        var channels = Channels();
        var switches = OpenSwitches();
        var draw = world.Random.Unit();
        if (switches.Find(one => one.State is "Proposed" or "Rehearsed") is { } young && draw < 0.6)
        {
            Decide(young);
        }
        else if (switches.Find(one => one.State is not ("Proposed" or "Rehearsed")) is { } carried
            && draw < AbortChance)
        {
            Abort(SwitchText(carried.Id));
        }
        else if (Payments.Text("SELECT id FROM moves WHERE state = 'Active' LIMIT 1") is { } move && draw < ForceChance)
        {
            Force(SwitchText(move));
        }
        else if (switches.Find(one => one.State == "Watching") is { } watched && draw < 0.65)
        {
            Do(new Call(Operator, "routing.CloseSwitch", Key(), null, SwitchText(watched.Id)));
        }
        else if (draw < 0.25)
        {
            Flip(world.Random.Of(channels));
        }
        else if (draw < 0.6)
        {
            Propose(channels);
        }
        else if (draw < 0.85)
        {
            ImportStatement(world.Random.Of(world.Providers), world.Random.Chance(0.6));
        }
        else if (_files.Count > 0)
        {
            var (name, file) = _files.ElementAt(world.Random.Below(_files.Count));
            Import(name, file);
        }
    }

    /// <summary>Both parties end a switch that was carried, whatever it is doing.</summary>
    private void Abort(string id)
    {
        foreach (var chair in Chairs)
        {
            Do(new Call(chair, "routing.AbortSwitch", Key(), new { reason = "the bank pays again" }, id));
        }
    }

    private void Flip(ChannelRow channel)
    {
        if (channel.Gate is "Open" or "Opening")
        {
            Do(new Call(Operator, "routing.PauseChannel", Key(), new { reason = "payments suspended" }, channel.Code));
        }
        else
        {
            Do(new Call(Operator, "routing.ResumeChannel", Key(), new { reason = "resumed" }, channel.Code));
        }
    }

    private void Propose(List<ChannelRow> channels)
    {
        var back = world.Random.Chance(0.25);
        var from = channels.Where(channel => channel.Track == (back ? 2 : 1) && (back || world.Random.Chance(0.7)))
            .Select(channel => channel.Code).ToList();
        if (from.Count == 0)
        {
            return;
        }

        var areas = world.Random.Chance(0.5) ? [] : Areas.Where(_ => world.Random.Chance(0.6)).ToList();
        var cycle = CycleId.From(Guid.Parse(Payments.Text("SELECT id FROM received_cycles")!)).Text;
        var answer = Do(new Call(Operator, "routing.ProposeSwitch", Key(), new
        {
            programme = Programme,
            cycleId = cycle,
            areas,
            fromChannels = from,
            toTrack = back ? 1 : 2,
            reason = back ? "return" : "funds_suspended",
        }));
        if (answer?.Done == true)
        {
            Switches++;
            Do(new Call(Operator, "routing.RehearseSwitch", Key(), null, answer.Text("id")));
        }
    }

    private void Decide(SwitchRow subject)
    {
        var id = SwitchText(subject.Id);
        if (subject.Hash is null || world.Random.Chance(0.08))
        {
            Do(new Call(Operator, "routing.RehearseSwitch", Key(), null, id));
            return;
        }

        if (world.Random.Chance(0.04))
        {
            Do(new Call(Operator, "routing.WithdrawSwitch", Key(), null, id));
            return;
        }

        var stale = _oldHashes.Where(hash => hash != subject.Hash).Append(new string('a', 64)).ToList();
        _oldHashes.Add(subject.Hash);
        foreach (var chair in Chairs)
        {
            if (world.Random.Chance(0.15))
            {
                MustRefuse(
                    world.Guards.OnVote(
                        new Call(chair, "routing.CastVote", Key(),
                            new { hash = world.Random.Of(stale), approve = true },
                            id), subject.Hash), "a vote on another content counted");
            }

            Do(new Call(chair, "routing.CastVote", Key(),
                new { hash = subject.Hash, approve = !world.Random.Chance(0.03), confirmReach = true }, id));
        }
    }

    /// <summary>
    /// One chair proposes to give up attempts in doubt. The other decides at once, or later when the list may have
    /// changed.
    /// </summary>
    private void Force(string move)
    {
        if (Do(new Call(Chairs[0], "payments.ListForceableInstructions", Key(), null, move)) is not { Done: true } list)
        {
            return;
        }

        var (hash, first) = (list.Text("hash"), world.Random.Below(Chairs.Length));
        var (proposer, other) = (Chairs[first], Chairs[1 - first]);
        if (Do(new Call(proposer, "payments.ProposeForcedMove", Key(),
            new { hash, bearer = Bearer, note = "silent for too long" }, move)) is not { Done: true } proposed)
        {
            return;
        }

        var id = proposed.Text("id");
        Call Decision(Person who, string seen, bool agree) =>
            new(who, "payments.DecideForcedMove", Key(), new { hash = seen, agree, note = "seen" }, id);
        if (world.Random.Chance(0.2))
        {
            MustRefuse(Decision(proposer, hash, true), "one person gave up what is in doubt");
        }

        if (world.Random.Chance(0.2))
        {
            MustRefuse(Decision(other, new string('a', 64), true),
                "another list than the one that was seen was given up");
        }

        var agree = !world.Random.Chance(0.1);
        world.After(world.Random.Between(0, 20), "the other chair decides", () => Do(Decision(other, hash, agree)));
    }

    /// <summary>After the faults, people do everything that is needed to reach rest.</summary>
    public void TidyUp()
    {
        foreach (var one in OpenSwitches())
        {
            if (one.State is "Proposed" or "Rehearsed")
            {
                Do(new Call(Operator, "routing.WithdrawSwitch", Key(), null, SwitchText(one.Id)));
            }
            else if (one.State == "Watching")
            {
                Do(new Call(Operator, "routing.CloseSwitch", Key(), null, SwitchText(one.Id)));
            }
        }

        foreach (var channel in Channels().Where(channel => channel.Gate == "Closed"))
        {
            Do(new Call(Operator, "routing.ResumeChannel", Key(), new { reason = "all is well" }, channel.Code));
        }

        if (Payments.Text("SELECT state FROM batches LIMIT 1") != "Released")
        {
            Act();
        }
    }

    public void ImportStatement(SimulatedProvider provider, bool final)
    {
        var name = Invariant($"{provider.Channel}/{_files.Count + 1}");
        _files[name] = provider.Counter.Statement(final);
        // Later bookings are after the statement's end.
        world.Host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        // A final statement that is not imported leaves a gap in the coverage. Then absence proves nothing any more.
        if (!world.Fails(world.Rates.AnswerLost / 4, "statement laid aside"))
        {
            Import(name, _files[name]);
        }
    }

    /// <summary>Whatever was laid aside.</summary>
    public void ImportAll()
    {
        foreach (var (name, file) in _files)
        {
            Import(name, file);
        }
    }

    private void Import(string name, byte[] file) =>
        Do(new Call(Reconciler, "providers.ImportStatement", Key(), null, name.Split('/')[0],
            $"name={name.Replace('/', '-')}", file));

    private void MustRefuse(Call call, string rule)
    {
        if (Do(call) is { Done: true })
        {
            throw new SimulatedViolation($"people: {rule} (I19)");
        }
    }

    /// <summary>
    /// Sends a request, and repeats it with the same key if the process died. Null if there was never an answer.
    /// </summary>
    private Answered? Do(Call call)
    {
        var service = world.Host.Services.Single(one => call.Name.StartsWith(one.Name, StringComparison.Ordinal));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Answered? answer = null;
            var end = world.Attempt(service, async scope => answer = await world.Host.Endpoints.CallAsync(scope, call));
            if (end == StepEnd.Done)
            {
                world.Note(
                    $"{call.Who.Name} {call.Name} {call.Id} "
                        + Invariant(
                            $"{(call.Body is null ? "" : JsonSerializer.Serialize(call.Body))}: {answer!.Status} ")
                        + $"{answer.Refusal}");
                return answer;
            }

            if (end == StepEnd.Failed)
            {
                throw new SimulatedViolation($"{call.Name} failed: {world.LastFault}");
            }
        }

        return null;
    }

    private string Key() => Invariant($"act-{++_acts}");

    private static string SwitchText(string id) => SwitchId.From(Guid.Parse(id)).Text;

    private List<ChannelRow> Channels() =>
        Routing.Read("SELECT code, track, gate FROM channels ORDER BY code",
            row => new ChannelRow(row.GetString(0), row.GetInt32(1), row.GetString(2)));

    private List<SwitchRow> OpenSwitches() => Routing.Read(
        "SELECT id, state, hash FROM switches WHERE state NOT IN ('Closed', 'Rejected', 'Withdrawn', 'Expired', "
            + "'Voided', 'Aborted') ORDER BY proposed_at DESC",
        row => new SwitchRow(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)));
}
