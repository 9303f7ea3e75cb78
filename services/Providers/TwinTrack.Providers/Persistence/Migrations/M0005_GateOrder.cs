using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

/// <summary>Orders to a gate are counted, so that one that comes late is known by its number.</summary>
[DbContext(typeof(ProvidersDb))]
[Migration("0005_gate_order")]
internal sealed class M0005_GateOrder : ScriptMigration;
