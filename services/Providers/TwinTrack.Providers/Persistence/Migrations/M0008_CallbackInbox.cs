using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence.Migrations;

/// <summary>Callbacks are authenticated by a scheme and worked off in the order in which they came.</summary>
[DbContext(typeof(ProvidersDb))]
[Migration("0008_callback_inbox")]
internal sealed class M0008_CallbackInbox : ScriptMigration;
