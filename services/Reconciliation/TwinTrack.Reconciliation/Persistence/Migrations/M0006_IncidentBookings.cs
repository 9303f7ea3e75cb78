using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Reconciliation.Persistence.Migrations;

/// <summary>What incidents moved, booked beside the batches.</summary>
[DbContext(typeof(ReconciliationDb))]
[Migration("0006_incident_bookings")]
internal sealed class M0006_IncidentBookings : ScriptMigration;
