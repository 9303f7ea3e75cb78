using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Persistence.Migrations;

[DbContext(typeof(EnrolmentsDb))]
[Migration("0003_trace_context")]
internal sealed class M0003_TraceContext : ScriptMigration;
