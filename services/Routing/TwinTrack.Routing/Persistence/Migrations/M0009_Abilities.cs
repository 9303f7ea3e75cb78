using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Routing.Persistence.Migrations;

/// <summary>
/// Channels have the abilities that their adapter declares, in place of typed ones; each known channel is asked for
/// them. An adapter is a word.
/// </summary>
[DbContext(typeof(RoutingDb))]
[Migration("0009_abilities")]
internal sealed class M0009_Abilities : ScriptMigration;
