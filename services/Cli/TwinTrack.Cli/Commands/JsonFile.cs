using System.Text.Json;

namespace TwinTrack.Cli.Commands;

internal static class JsonFile
{
    /// <summary>
    /// Reads a user's JSON file; comments and trailing commas are welcome in what people write by hand.
    /// </summary>
    public static JsonElement Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            using var document = JsonDocument.Parse(
                stream, new JsonDocumentOptions
                {
                    CommentHandling = JsonCommentHandling.Skip,
                    AllowTrailingCommas = true
                });
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new UsageException(
                Invariant(
                    $"{file.Name} is not JSON: line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}."));
        }
    }
}
