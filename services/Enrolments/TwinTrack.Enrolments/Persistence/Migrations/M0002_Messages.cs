using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Persistence.Migrations;

[DbContext(typeof(EnrolmentsDb))]
[Migration("0002_messages")]
internal sealed class M0002_Messages : ScriptMigration;
