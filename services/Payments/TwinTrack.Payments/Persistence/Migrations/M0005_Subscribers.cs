using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence.Migrations;

/// <summary>Who is told of payments and batches, and what was delivered to them.</summary>
[DbContext(typeof(PaymentsDb))]
[Migration("0005_subscribers")]
internal sealed class M0005_Subscribers : ScriptMigration;
