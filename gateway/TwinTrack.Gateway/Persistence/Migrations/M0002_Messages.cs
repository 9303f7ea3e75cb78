using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform;

namespace TwinTrack.Gateway.Persistence.Migrations;

[DbContext(typeof(GatewayDb))]
[Migration("0002_messages")]
internal sealed class M0002_Messages : ScriptMigration;
