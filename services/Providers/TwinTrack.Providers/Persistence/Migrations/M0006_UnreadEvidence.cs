using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

/// <summary>Answers that were called back are found among all that was ever received.</summary>
[DbContext(typeof(ProvidersDb))]
[Migration("0006_unread_evidence")]
internal sealed class M0006_UnreadEvidence : ScriptMigration;
