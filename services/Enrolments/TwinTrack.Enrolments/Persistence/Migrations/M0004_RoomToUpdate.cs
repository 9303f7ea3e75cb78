using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Persistence.Migrations;

[DbContext(typeof(EnrolmentsDb))]
[Migration("0004_room_to_update")]
internal sealed class M0004_RoomToUpdate : ScriptMigration;
