using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence.Migrations;

/// <summary>Who works an incident, what it cost, and how it ended.</summary>
[DbContext(typeof(PaymentsDb))]
[Migration("0006_incidents")]
internal sealed class M0006_Incidents : ScriptMigration;
