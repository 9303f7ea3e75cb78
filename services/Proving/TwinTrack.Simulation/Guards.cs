using TwinTrack.Providers.Domain;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation;

/// <summary>The protections, all in place. A run in which one is taken away shows that the invariants see.</summary>
internal class Guards
{
    protected SimulatedWorld World { get; private set; } = null!;

    public virtual void Enter(SimulatedWorld world)
    {
        World = world;
        world.Life.BeforeCommit = null;
    }

    public virtual object OnDelivery(UndeliveredMessage letter, object message) => message;

    public virtual void AfterDelivery(UndeliveredMessage letter, object message)
    {
    }

    public virtual bool AcknowledgesAnyway(UndeliveredMessage letter) => false;

    public virtual void KnownReference(SimulatedOrderProcessing counter, ProviderOrder order)
    {
    }

    public virtual bool LetsRun(DueJob job) => true;

    public virtual void BeforeJob(DueJob job)
    {
    }

    public virtual void AfterJob(DueJob job)
    {
    }

    /// <summary>What is learned where a call to a provider had no answer; null: nothing.</summary>
    public virtual Reading? OnSilence(IEnumerable<PaymentOrder> orders) => null;

    /// <summary>What is made of one word of a provider.</summary>
    public virtual Answer OnWord(Answer answer) => answer;

    public virtual Call OnVote(Call call, string current) => call;
}
