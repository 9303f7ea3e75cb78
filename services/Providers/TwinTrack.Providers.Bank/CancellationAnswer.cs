using System.Xml.Linq;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// camt.029, the answer to a recall. A level's status applies to the listed transactions below it that have no own
/// status. The levels are <c>Sts/Conf</c>, then group, then payment information. An answer that lists no transaction
/// frees nothing. A request may cover a part of a unit, and the bank did not say which orders it means.
/// </summary>
internal sealed class CancellationAnswer(BankStatusMap.Rules rules)
{
    private readonly List<(string Reference, string Code, IReadOnlyList<string> Reasons)> _statuses = [];
    private string? _confirmation;
    private string? _group;
    private bool _settledBefore;

    internal string? MessageId { get; private set; }

    internal Reading Read(IsoStream stream)
    {
        while (stream.Next())
        {
            switch (stream.Level, stream.Name, stream.Ends)
            {
                case (2, "Assgnmt", false):
                    MessageId = stream.Take().Text("Id");
                    break;
                case (2, "Sts", false):
                    _confirmation = stream.Take().Text("Conf");
                    break;
                case (2, "CxlDtls", false):
                    Details(stream);
                    break;
                case (2, "RsltnRltdInf" or "CrrctnTx", false):
                    _settledBefore = true;
                    stream.Skip();
                    break;
                case (2, _, false):
                    stream.Skip();
                    break;
            }
        }

        return new Reading(
            [], [.. _statuses.Select(one => new Answer(one.Reference, VerdictOf(one.Code, one.Reasons)))]);
    }

    private void Details(IsoStream stream)
    {
        var block = (string?)null;
        _group = null;
        while (stream.Next() && !(stream.Ends && stream.Level == 2))
        {
            switch (stream.Level, stream.Name, stream.Ends)
            {
                case (3, "OrgnlGrpInfAndSts", false):
                    _group = stream.Take().Text("GrpCxlSts");
                    break;
                case (3, "OrgnlPmtInfAndSts", _):
                    // The block ends here. Its status does not apply after its end.
                    block = null;
                    break;
                case (4, "PmtInfCxlSts", false):
                    block = stream.Take().Value.Trim();
                    break;
                case (3 or 4, "TxInfAndSts", false):
                    Transaction(stream.Take(), block);
                    break;
                case (_, _, false):
                    stream.Skip();
                    break;
            }
        }
    }

    private void Transaction(XElement one, string? block)
    {
        _settledBefore |= one.Child("RsltnRltdInf") is not null;
        var reference = one.Reference("OrgnlInstrId") ?? one.Reference("OrgnlEndToEndId");
        var code = one.Text("TxCxlSts") ?? block ?? _group ?? _confirmation;
        if (reference is not null && code is not null)
        {
            _statuses.Add((reference, code, one.Reasons("CxlStsRsnInf")));
        }
    }

    /// <summary>
    /// A granted recall frees only if the payment was not executed. With a settlement of the return beside it, the
    /// money is on its way back, and its booking is still to come. It also frees nothing if the answer as a whole
    /// refuses.
    /// </summary>
    private Verdict VerdictOf(string code, IReadOnlyList<string> reasons)
    {
        var verdict = rules.Read(BankStatusMap.Cancellation, code, reasons);
        return !verdict.Frees ? verdict
            : _settledBefore ? verdict with { Grade = Grade.C, Code = $"{verdict.Code}/SETTLED_BEFORE" }
            : rules.Read(BankStatusMap.Cancellation, _confirmation, []).Outcome == Outcome.RecallRefused
                ? Verdict.Unknown($"{verdict.Code}/CONTRADICTED")
            : verdict;
    }
}
