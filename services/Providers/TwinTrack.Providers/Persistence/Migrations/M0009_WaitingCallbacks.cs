using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

/// <summary>Callbacks that are not worked off wait in a table of their own.</summary>
[DbContext(typeof(ProvidersDb))]
[Migration("0009_waiting_callbacks")]
internal sealed class M0009_WaitingCallbacks : ScriptMigration;
