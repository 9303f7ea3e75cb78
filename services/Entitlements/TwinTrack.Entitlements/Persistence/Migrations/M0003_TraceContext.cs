using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Persistence.Migrations;

[DbContext(typeof(EntitlementsDb))]
[Migration("0003_trace_context")]
internal sealed class M0003_TraceContext : ScriptMigration;
