using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Persistence.Migrations;

[DbContext(typeof(EntitlementsDb))]
[Migration("0002_messages")]
internal sealed class M0002_Messages : ScriptMigration;
