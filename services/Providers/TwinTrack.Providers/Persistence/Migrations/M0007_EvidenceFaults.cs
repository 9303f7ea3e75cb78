using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

/// <summary>The report on a refused document, row by row.</summary>
[DbContext(typeof(ProvidersDb))]
[Migration("0007_evidence_faults")]
internal sealed class M0007_EvidenceFaults : ScriptMigration;
