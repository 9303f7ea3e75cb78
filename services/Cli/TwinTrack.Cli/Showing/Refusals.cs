using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Showing;

/// <summary>A refusal for a person: its code, its reason, and row by row what is wrong.</summary>
internal static class Refusals
{
    public static void Print(ApiRefusal refusal)
    {
        Console.Error.WriteLine(Invariant($"Refused ({(int)refusal.Status} {refusal.Code}): {refusal.Reason}"));
        if (refusal.Problem.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var extra in refusal.Problem.EnumerateObject()
            .Where(field => field.Name is not ("type" or "title" or "status" or "detail" or "traceId")))
        {
            Console.Error.WriteLine($"  {extra.Name}");
            JsonView.Write(Console.Error, extra.Value, "    ");
        }
    }
}
