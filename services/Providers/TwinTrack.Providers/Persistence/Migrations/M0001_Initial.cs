using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

[DbContext(typeof(ProvidersDb))]
[Migration("0001_initial")]
internal sealed class M0001_Initial : ScriptMigration;
