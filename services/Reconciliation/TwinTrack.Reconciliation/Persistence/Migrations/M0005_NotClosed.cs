using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Reconciliation.Persistence.Migrations;

/// <summary>Why Payments did not close a batch that was signed.</summary>
[DbContext(typeof(ReconciliationDb))]
[Migration("0005_not_closed")]
internal sealed class M0005_NotClosed : ScriptMigration;
