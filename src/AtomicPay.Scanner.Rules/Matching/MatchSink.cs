using AtomicPay.Scanner.Rules.Naming;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Reads the key at every anchor, and keeps those that are keys; literals behind the anchors are signs of something packed.</summary>
internal ref struct MatchSink(ReadOnlySpan<byte> content, RuleSet rules, ICollection<int>? packed) : IAnchorSink
{
    private readonly ReadOnlySpan<byte> _content = content;
    private List<RuleMatch>? _matches;
    private int _searched;

    /// <summary>Whether the literals are those of long runs.</summary>
    public bool AreDeep { get; set; }

    public bool Accept(int offset, int literal)
    {
        if (rules.AnchorOf(literal, AreDeep) is not { } anchor)
        {
            packed?.Add(offset);
        }
        else if (anchor.Prefix.Length == 0)
        {
            NamedKeyReader.Read(_content, anchor, offset, ref _searched, ref _matches);
        }
        else if (KeyReader.TryRead(_content, anchor, offset, out var match))
        {
            _matches ??= [];
            _matches.Add(match);
        }

        return true;
    }

    /// <summary>
    /// Hands over the matches by their offset, each place once: of several readings of it that of the longest prefix, then that
    /// with the fewest steps. Where a prefix tells what a key is, no name beside it does.
    /// </summary>
    public readonly void MoveTo(ICollection<RuleMatch> matches)
    {
        if (_matches is null)
        {
            return;
        }

        _matches.Sort(static (a, b) =>
            a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset)
            : PrefixLength(a) != PrefixLength(b) ? PrefixLength(b).CompareTo(PrefixLength(a))
            : a.DecodedBy.Length != b.DecodedBy.Length ? a.DecodedBy.Length.CompareTo(b.DecodedBy.Length)
            : a.Length != b.Length ? b.Length.CompareTo(a.Length)
            : string.CompareOrdinal(a.Rule.Id, b.Rule.Id));
        var (last, covered) = (-1, 0);
        for (var i = 0; i < _matches.Count; i++)
        {
            var match = _matches[i];
            var hasPrefix = PrefixLength(match) > 0;
            if (match.Offset != last && (hasPrefix || (match.Offset >= covered && !HoldsKeyWithPrefix(i))))
            {
                matches.Add(match);
                last = match.Offset;
            }

            covered = hasPrefix ? Math.Max(covered, match.Offset + match.Length) : covered;
        }
    }

    private static int PrefixLength(RuleMatch match) => match.Rule.PrefixOf(match.Key).Length;

    private readonly bool HoldsKeyWithPrefix(int index)
    {
        var end = _matches![index].Offset + _matches[index].Length;
        for (var i = index + 1; i < _matches.Count && _matches[i].Offset < end; i++)
        {
            if (PrefixLength(_matches[i]) > 0)
            {
                return true;
            }
        }

        return false;
    }
}
