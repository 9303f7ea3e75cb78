using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence.Migrations;

/// <summary>What two parties gave up without evidence, and who bears it.</summary>
[DbContext(typeof(PaymentsDb))]
[Migration("0007_forced_moves")]
internal sealed class M0007_ForcedMoves : ScriptMigration;
