using TwinTrack.Providers.Domain;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation;

/// <summary>The guards, all in place. A run without one of them shows that the invariants detect its absence.</summary>
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

    /// <summary>The reading after a call without an answer; null for none.</summary>
    public virtual Reading? OnSilence(IEnumerable<PaymentOrder> orders) => null;

    /// <summary>Changes one answer of a provider.</summary>
    public virtual Answer OnWord(Answer answer) => answer;

    public virtual Call OnVote(Call call, string current) => call;
}
