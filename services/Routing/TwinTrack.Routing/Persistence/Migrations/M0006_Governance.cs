using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Routing.Persistence.Migrations;

/// <summary>
/// Protocols get versions and areas, switches the terms they were proposed under, emergencies a ratification and pauses
/// a review.
/// </summary>
[DbContext(typeof(RoutingDb))]
[Migration("0006_governance")]
internal sealed class M0006_Governance : ScriptMigration;
