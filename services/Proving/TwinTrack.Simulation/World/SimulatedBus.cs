using System.Text.Json;
using TwinTrack.Platform.Messaging;
using TwinTrack.Simulation.Hosting;

namespace TwinTrack.Simulation.World;

/// <summary>
/// Carries messages from the outboxes: late, twice, in any order, or not at all until the outbox repeats them. Only a
/// receipt completes a message. Messages to services that are not simulated end here.
/// </summary>
internal sealed class SimulatedBus(SimulatedWorld world)
{
    private const int FailuresMax = 30;
    private const double JamBeginsMaxSeconds = 120;
    private const double JamMaxSeconds = 300;
    private readonly List<UndeliveredMessage> _letters = [];
    private readonly List<MessageCopy> _parcels = [];
    private readonly Dictionary<ServiceSide, int> _seen = [];
    private readonly Dictionary<string, (long From, long Until)> _jams = [];

    public bool IsEmpty => _letters.Count == 0;

    public IEnumerable<string> Waiting =>
        _letters.Select(
            letter => $"{letter} {(letter.Failures > 0 ? Invariant($"failed {letter.Failures} times") : "")}");

    /// <summary>Takes up what was committed since the last look.</summary>
    public void TakeUp()
    {
        foreach (var service in world.Host.Services)
        {
            if (_seen.GetValueOrDefault(service, -1) == service.Store.Changes)
            {
                continue;
            }

            var rows = service.Store.Read(
                "SELECT message_id, destination, body FROM outbox WHERE attempts = 0 ORDER BY message_id, destination",
                row => (Id: row.GetString(0), Queue: row.GetString(1), Body: row.GetString(2)));
            foreach (var (id, queue, body) in rows)
            {
                TakeUp(service, id, queue, body);
            }

            if (rows.Count > 0)
            {
                service.Store.Do("UPDATE outbox SET attempts = 1 WHERE attempts = 0");
            }

            _seen[service] = service.Store.Changes;
        }
    }

    public void Ready(long now, List<Candidate> into)
    {
        foreach (var parcel in _parcels)
        {
            if (parcel.At <= now)
            {
                into.Add(new Candidate($"deliver {parcel.Letter}", () => Deliver(parcel)));
            }
        }

        foreach (var letter in _letters)
        {
            if (letter.ResendAt <= now)
            {
                into.Add(new Candidate($"resend {letter}", () => Send(letter)));
            }
        }
    }

    public long NextAt() => Math.Min(
        _parcels.Count == 0 ? long.MaxValue : _parcels.Min(parcel => parcel.At),
        _letters.Count == 0 ? long.MaxValue : _letters.Min(letter => letter.ResendAt));

    private void TakeUp(ServiceSide from, string id, string queue, string body)
    {
        world.Checks.Published(queue, body);
        var to = world.Host.Services.FirstOrDefault(service => service.MessageOf(queue) is not null);
        if (to is null)
        {
            from.Store.Do("DELETE FROM outbox WHERE message_id = @0 AND destination = @1", id, queue);
            return;
        }

        var letter = new UndeliveredMessage { From = from, To = to, Id = id, Queue = queue, Body = body };
        _letters.Add(letter);
        Send(letter);
    }

    private void Send(UndeliveredMessage letter)
    {
        letter.ResendAt = world.Micros + (long)world.Random.Between(20, 40).TotalMicroseconds;
        if (world.Fails(world.Rates.MessageLost, "message lost"))
        {
            return;
        }

        Post(letter);
        if (world.Fails(world.Rates.MessageTwice, "message twice"))
        {
            Post(letter);
        }
    }

    private void Post(UndeliveredMessage letter)
    {
        var late = world.Fails(world.Rates.MessageLate, "message late") ? world.Random.Between(0, 30) : TimeSpan.Zero;
        _parcels.Add(new MessageCopy(letter, PastJam(letter.Queue, world.Micros + (long)late.TotalMicroseconds)));
    }

    /// <summary>
    /// Once in a history a queue's consumers may stop for a while. Then the delayed messages and the newer messages
    /// arrive in any order.
    /// </summary>
    private long PastJam(string queue, long at)
    {
        if (!_jams.TryGetValue(queue, out var jam))
        {
            var from = world.Micros + (long)world.Random.Between(0, JamBeginsMaxSeconds).TotalMicroseconds;
            jam = world.Random.Chance(world.Rates.QueueJam)
                ? (from, from + (long)world.Random.Between(30, JamMaxSeconds).TotalMicroseconds) : (0, 0);
            _jams[queue] = jam;
        }

        if (world.Rates.QueueJam == 0 || at < jam.From || at >= jam.Until)
        {
            return at;
        }

        world.Count("message jammed");
        return jam.Until;
    }

    private void Deliver(MessageCopy parcel)
    {
        _parcels.Remove(parcel);
        var letter = parcel.Letter;
        var message = world.Guards.OnDelivery(
            letter, JsonSerializer.Deserialize(letter.Body, letter.To.MessageOf(letter.Queue)!, MessageJson.Options)!);
        var end =
            world.Attempt(
                letter.To, scope => letter.To.HandleAsync(scope, letter.Queue, message, Guid.Parse(letter.Id)));
        if (end != StepEnd.Done && !world.Guards.AcknowledgesAnyway(letter))
        {
            // Not acknowledged, so the broker still has it. If the broker loses it, the outbox still has it.
            Retry(letter, end);
            return;
        }

        world.Guards.AfterDelivery(letter, message);
        if (!letter.Received && !world.Fails(world.Rates.ReceiptLost, "receipt lost"))
        {
            letter.From.Store.Do("DELETE FROM outbox WHERE message_id = @0 AND destination = @1", letter.Id,
                letter.Queue);
            letter.Received = true;
            _letters.Remove(letter);
        }
    }

    private void Retry(UndeliveredMessage letter, StepEnd end)
    {
        if (end == StepEnd.Failed && ++letter.Failures > FailuresMax)
        {
            throw new SimulatedViolation($"{letter} cannot be handled: {world.LastFault}");
        }

        if (world.Random.Chance(0.7))
        {
            _parcels.Add(new MessageCopy(letter, world.Micros + (long)world.Random.Between(0.1, 5).TotalMicroseconds));
        }
    }
}
