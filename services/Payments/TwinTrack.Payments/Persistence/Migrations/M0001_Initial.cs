using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence.Migrations;

[DbContext(typeof(PaymentsDb))]
[Migration("0001_initial")]
internal sealed class M0001_Initial : ScriptMigration;
