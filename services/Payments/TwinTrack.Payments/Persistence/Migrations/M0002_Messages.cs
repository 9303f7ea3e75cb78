using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence.Migrations;

[DbContext(typeof(PaymentsDb))]
[Migration("0002_messages")]
internal sealed class M0002_Messages : ScriptMigration;
