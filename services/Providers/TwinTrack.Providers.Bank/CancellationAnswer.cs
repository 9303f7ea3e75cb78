using System.Xml.Linq;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// camt.029.001.09, the answer to a recall. <c>Sts/Conf</c> is the word for every transaction that is listed without one of its own. An answer that lists no
/// transaction frees nothing: a request may cover a part of a unit, and guessing which would free orders that the bank never spoke of.
/// </summary>
internal static class CancellationAnswer
{
    internal const string Message = "camt.029.001.09";

    internal static Reading Read(XElement document)
    {
        if (document.Child("RsltnOfInvstgtn") is not { } answer)
        {
            return Reading.Nothing;
        }

        var confirmation = answer.Text("Sts", "Conf");
        var lines = new List<Answer>();
        foreach (var details in answer.Children("CxlDtls"))
        {
            var transactions = details.Children("TxInfAndSts").Concat(details.Children("OrgnlPmtInfAndSts").SelectMany(block => block.Children("TxInfAndSts")));
            foreach (var transaction in transactions)
            {
                var reasons = transaction.Children("CxlStsRsnInf").Select(info => info.Text("Rsn", "Cd") ?? info.Text("Rsn", "Prtry"));
                if (transaction.Text("OrgnlInstrId") is { } reference && (transaction.Text("TxCxlSts") ?? confirmation) is { } code)
                {
                    lines.Add(new Answer(reference, BankStatusMap.Read(BankStatusMap.Cancellation, code, [.. reasons.OfType<string>()])));
                }
            }
        }

        return new Reading([], lines);
    }
}
