using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

[DbContext(typeof(ProvidersDb))]
[Migration("0002_messages")]
internal sealed class M0002_Messages : ScriptMigration;
