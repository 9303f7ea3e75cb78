using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Routing.Persistence.Migrations;

/// <summary>Channels say how long after it was sent an order may still be paid.</summary>
[DbContext(typeof(RoutingDb))]
[Migration("0008_validity")]
internal sealed class M0008_Validity : ScriptMigration;
