using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// Recognises repeated messages. <c>received-log</c> in the connection's directory holds one small file for each
/// message id, with a digest of the content. The same id with the same content is read again without harm. With other
/// content it is refused, because nobody knows which of the two is right.
/// </summary>
internal sealed class MessageLog(string root)
{
    private readonly string _log = Path.Combine(root, "received-log");

    /// <param name="use">
    /// How the document was read. Answers and statements of one message have separate digests.
    /// </param>
    internal Result<T> Once<T>(T read, string use, IReadOnlyList<MessageName> names, Func<T, IEnumerable<string>> sense)
    {
        // Without the directory there is no exchange with a bank.
        if (names.Count == 0 || names.Any(name => name.Id is null) || !Directory.Exists(root))
        {
            return read;
        }

        var digest = Digest(sense(read));
        var key = Digest([use, .. names.Select(name => $"{name.Family}|{name.Id}|{name.Page}")]);
        try
        {
            return Note(key, digest) == digest ? read : BankRefusals.MessageIdReused();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A directory that cannot be written must not make a valid document unreadable.
            return read;
        }
    }

    /// <summary>The stored digest. It is this digest if none was stored.</summary>
    private string Note(string key, string digest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_log, key[..2])).FullName;
        var note = Path.Combine(folder, key);
        if (!File.Exists(note))
        {
            var draft =
                Path.Combine(
                    folder, Invariant($"{key}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp"));
            File.WriteAllText(draft, digest);
            try
            {
                File.Move(draft, note, overwrite: false);
            }
            catch (IOException) when (File.Exists(note))
            {
                // Another process read the same message at the same time. Its digest is compared with ours.
                File.Delete(draft);
            }
        }

        return File.ReadAllText(note);
    }

    private static string Digest(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            hash.AppendData([(byte)'\n']);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
