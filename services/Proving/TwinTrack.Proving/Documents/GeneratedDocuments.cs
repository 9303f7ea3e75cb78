using System.Text;
using TwinTrack.Proving.Documents.Clients;

namespace TwinTrack.Proving.Documents;

/// <summary>
/// The documents that are made from the code, committed, and compared: the same code always makes the same bytes.
/// </summary>
internal static class GeneratedDocuments
{
    /// <summary>Writes what differs, and says which.</summary>
    public static async Task<List<string>> WriteAsync(string sources, CancellationToken cancel)
    {
        var changed = new List<string>();
        foreach (var (path, text) in await MakeAsync(cancel))
        {
            var file = Path.Combine(sources, path);
            if (!await IsAsync(file, text, cancel))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, text, new UTF8Encoding(false), cancel);
                changed.Add(path);
            }
        }

        foreach (var path in LeftOver(sources))
        {
            File.Delete(Path.Combine(sources, path));
            changed.Add(path);
        }

        return changed;
    }

    /// <summary>Says which files differ from what the code makes.</summary>
    public static async Task<List<string>> CompareAsync(string sources, CancellationToken cancel)
    {
        var stale = new List<string>();
        foreach (var (path, text) in await MakeAsync(cancel))
        {
            if (!await IsAsync(Path.Combine(sources, path), text, cancel))
            {
                stale.Add(path);
            }
        }

        return [.. stale, .. LeftOver(sources)];
    }

    private static async Task<List<(string Path, string Text)>> MakeAsync(CancellationToken cancel)
    {
        var api = await ApiDocuments.MakeAsync(cancel);
        return
        [
            ("docs/concepts/glossary.md", GlossaryPage.Make()),
            ("docs/concepts/lifecycles.md", LifecyclesPage.Make()),
            ("docs/concepts/messages.md", MessagesPage.Make()),
            ("docs/concepts/refusals.md", RefusalsPage.Make()),
            ("docs/concepts/status-codes.md", StatusCodesPage.Make()),
            ("docs/concepts/switch-events.md", SwitchEventsPage.Make()),
            ("docs/using/scenarios.md", ScenariosPage.Make()),
            .. ContractDocuments.Make(),
            .. api.Select(found => ($"docs/using/api/{found.Module}.json", ApiDocuments.Text(found.Document))),
            .. ClientCode.Make(api),
        ];
    }

    private static async Task<bool> IsAsync(string file, string text, CancellationToken cancel) =>
        File.Exists(file) && await File.ReadAllTextAsync(file, cancel) == text;

    /// <summary>Contracts of messages that are gone.</summary>
    private static List<string> LeftOver(string sources)
    {
        var made = ContractDocuments.Make().Select(contract => contract.Path).ToHashSet(StringComparer.Ordinal);
        var folder = Path.Combine(sources, ContractDocuments.Folder);
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder)
            .Select(file => $"{ContractDocuments.Folder}/{Path.GetFileName(file)}").Where(path => !made.Contains(path))
            .ToList();
    }
}
