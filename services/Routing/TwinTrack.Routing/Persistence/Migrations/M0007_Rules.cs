using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Routing.Persistence.Migrations;

/// <summary>
/// The rule book, the room taken under ceilings, a channel's hours, and a return that begins with a pilot.
/// </summary>
[DbContext(typeof(RoutingDb))]
[Migration("0007_rules")]
internal sealed class M0007_Rules : ScriptMigration;
