using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>Keeps every rehearsal, so that people can later see what was decided on.</summary>
internal sealed class RehearsalStore(RoutingDb db)
{
    public StoredRehearsal Keep(SwitchId subject, string? name, SwitchScope scope, Rehearsal rehearsal)
    {
        var kept = new StoredRehearsal
        {
            SubjectId = subject,
            CountNumber = rehearsal.Asked,
            Programme = scope.Programme,
            CycleId = scope.CycleId,
            Name = name,
            At = rehearsal.At,
            Hash = rehearsal.Hash,
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonColumn.Write(rehearsal)))),
            Content = rehearsal,
        };
        db.Rehearsals.Add(kept);
        return kept;
    }
}
