using System.Xml.Linq;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// pain.002.001.10, read at its three levels: group, payment information, transaction. What a level says holds for everything below it that is not listed;
/// levels may be missing. Our files have one payment information block with the unit's reference, so both upper levels speak of the unit.
/// </summary>
internal static class StatusReport
{
    internal const string Message = "pain.002.001.10";

    /// <summary>"Some of them": says nothing of those that it does not list.</summary>
    private const string Partly = "PART";

    internal static Reading Read(XElement document)
    {
        var report = document.Child("CstmrPmtStsRpt");
        var group = report?.Child("OrgnlGrpInfAndSts");

        // A status of our recall request speaks of that request and not of the orders in it.
        if (group is null || group.Text("OrgnlMsgNmId")?.StartsWith("pain.001", StringComparison.Ordinal) != true)
        {
            return Reading.Nothing;
        }

        var (units, lines) = (new Dictionary<string, Verdict>(), new List<Answer>());
        var groupWord = Word.Of(group, "GrpSts");
        Note(units, group.Text("OrgnlMsgId"), groupWord);
        foreach (var block in report!.Children("OrgnlPmtInfAndSts"))
        {
            var blockWord = Word.Of(block, "PmtInfSts") ?? groupWord;
            Note(units, block.Text("OrgnlPmtInfId"), blockWord);
            foreach (var transaction in block.Children("TxInfAndSts"))
            {
                var word = Word.Of(transaction, "TxSts") ?? blockWord;
                if (transaction.Text("OrgnlInstrId") is { } reference && word is not null)
                {
                    lines.Add(new Answer(reference, word.Verdict, transaction.Text("AcctSvcrRef")));
                }
            }
        }

        return new Reading([.. units.Select(unit => new UnitAnswer(unit.Key, unit.Value, null))], lines);
    }

    /// <summary>The lower level speaks last, and so prevails.</summary>
    private static void Note(Dictionary<string, Verdict> units, string? reference, Word? word)
    {
        if (reference is not null && word is not null && word.Code != Partly)
        {
            units[reference] = word.Verdict;
        }
        else if (reference is not null && word is not null)
        {
            units.Remove(reference);
        }
    }

    private sealed record Word(string Code, Verdict Verdict)
    {
        internal static Word? Of(XElement level, string element)
        {
            if (level.Text(element) is not { } code)
            {
                return null;
            }

            var reasons = level.Children("StsRsnInf").Select(info => info.Text("Rsn", "Cd") ?? info.Text("Rsn", "Prtry")).OfType<string>().ToList();
            return new Word(code, BankStatusMap.Read(BankStatusMap.Status, code, reasons));
        }
    }
}
