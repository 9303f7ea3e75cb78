using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Persistence.Migrations;

[DbContext(typeof(EntitlementsDb))]
[Migration("0001_initial")]
internal sealed class M0001_Initial : ScriptMigration;
