using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Channels;

/// <summary>The adapters of this host by kind. If two have the same kind, the one registered last is used.</summary>
internal sealed class AdapterRegistry(IEnumerable<IProviderAdapter> adapters)
{
    private readonly Dictionary<string, IProviderAdapter> _byKind =
        adapters.GroupBy(adapter => adapter.Kind).ToDictionary(kind => kind.Key, kind => kind.Last());

    public IEnumerable<string> Kinds => _byKind.Keys.Order(StringComparer.Ordinal);

    public IProviderAdapter? this[string kind] => _byKind.GetValueOrDefault(kind);
}
