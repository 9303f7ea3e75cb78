using System.Xml.Linq;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// pain.002, read at its three levels: group, payment information, transaction. A level's status applies to everything
/// below it that is not listed. Levels may be missing. Our files have one payment information block with the unit's
/// reference, so both upper levels are about the unit.
/// </summary>
/// <remarks>
/// A final status of a level does not apply to unlisted orders when the report contradicts itself. Examples are a
/// rejected file with an accepted transaction, and a listed transaction that cannot be identified.
/// </remarks>
internal sealed class StatusReport(BankStatusMap.Rules rules)
{
    /// <summary>"Some of them": it says nothing about orders that it does not list.</summary>
    private const string Partly = "PART";

    private readonly Dictionary<string, List<Word>> _units = [];
    private readonly HashSet<string> _doubted = [];
    private readonly List<Answer> _lines = [];
    private XElement? _group;
    private Word? _groupWord;
    private bool _disagrees;

    /// <summary>The bank's own reference of the message.</summary>
    internal string? MessageId { get; private set; }

    /// <summary>Reads the document that the stream stands in.</summary>
    internal Reading Read(IsoStream stream)
    {
        while (stream.Next())
        {
            switch (stream.Level, stream.Name, stream.Ends)
            {
                case (2, "GrpHdr", false):
                    MessageId = stream.Take().Text("MsgId");
                    break;
                case (2, "OrgnlGrpInfAndSts", false):
                    _group = stream.Take();
                    _groupWord = Say(_group, "GrpSts");
                    break;
                case (2, "OrgnlPmtInfAndSts", false):
                    Block(stream);
                    break;
                case (2, _, false):
                    stream.Skip();
                    break;
            }
        }

        // A status of our recall request is about that request, not about the orders in it.
        return _group?.Text("OrgnlMsgNmId")?.StartsWith("pain.001", StringComparison.Ordinal) == true
            ? new Reading(Units(), _lines) : Reading.Nothing;
    }

    private void Block(IsoStream stream)
    {
        var (block, listed) = (new XElement("Block"),
            new List<(string? Reference, Word? Word, string? ProviderReference)>());
        while (stream.Next() && !(stream.Ends && stream.Level == 2))
        {
            switch (stream.Level, stream.Name, stream.Ends)
            {
                case (3, "TxInfAndSts", false):
                    var one = stream.Take();
                    listed.Add(
                        (one.Reference("OrgnlInstrId") ?? one.Reference("OrgnlEndToEndId"), Say(one, "TxSts"),
                            one.Text("AcctSvcrRef")));
                    break;
                case (3, "OrgnlPmtInfId" or "PmtInfSts" or "StsRsnInf", false):
                    block.Add(stream.Take());
                    break;
                case (3, _, false):
                    stream.Skip();
                    break;
            }
        }

        var word = Say(block, "PmtInfSts") ?? _groupWord;
        var unit = block.Reference("OrgnlPmtInfId") ?? _group?.Reference("OrgnlMsgId");
        foreach (var (reference, own, providerReference) in listed)
        {
            if (reference is not null && (own ?? word) is { } status)
            {
                _lines.Add(new Answer(reference, status.Verdict, providerReference));
            }
        }

        var spoken = listed.Where(one => one.Word is not null).ToList();
        var against = word?.Verdict.Frees == true && spoken.Exists(one => !one.Word!.Verdict.Frees);
        var unnamed = spoken.Exists(one => one.Reference is null && one.Word!.Verdict.Outcome != word?.Verdict.Outcome);
        Note(unit, word, against || unnamed);
        _disagrees |= spoken.Exists(one => !one.Word!.Verdict.Frees) || (word is not null && !word.Verdict.Frees);
    }

    private void Note(string? unit, Word? word, bool doubted)
    {
        if (unit is null || word is null)
        {
            return;
        }

        if (!_units.TryGetValue(unit, out var words))
        {
            _units[unit] = words = [];
        }

        words.Add(word);
        if (doubted)
        {
            _doubted.Add(unit);
        }
    }

    private List<UnitAnswer> Units()
    {
        if (_group?.Reference("OrgnlMsgId") is { } unit && _groupWord is not null && !_units.ContainsKey(unit))
        {
            Note(unit, _groupWord, doubted: _groupWord.Verdict.Frees && _disagrees);
        }

        return [.. _units.Where(one => one.Value.TrueForAll(word => word.Code != Partly))
            .Select(one => new UnitAnswer(one.Key, Of(one.Key, one.Value), null))];
    }

    /// <summary>The status of a unit's blocks when they agree.</summary>
    private Verdict Of(string unit, List<Word> words)
    {
        var first = words[0].Verdict;
        var certain = first.Outcome == Outcome.Accepted || !_doubted.Contains(unit);
        return certain && words.TrueForAll(word => word.Verdict.Outcome == first.Outcome)
            ? first : Verdict.Unknown($"{first.Code}/CONTRADICTED");
    }

    private Word? Say(XElement level, string element) =>
        level.Text(element) is { } code
            ? new Word(code, rules.Read(BankStatusMap.Status, code, level.Reasons("StsRsnInf"))) : null;

    private sealed record Word(string Code, Verdict Verdict);
}
