using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Persistence.Migrations;

[DbContext(typeof(EntitlementsDb))]
[Migration("0004_room_to_update")]
internal sealed class M0004_RoomToUpdate : ScriptMigration;
