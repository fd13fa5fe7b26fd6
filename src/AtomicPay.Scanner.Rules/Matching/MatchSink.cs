namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>Reads the key at every anchor, and keeps those that are keys.</summary>
internal ref struct MatchSink(ReadOnlySpan<byte> content, Anchor[] anchors) : IAnchorSink
{
    private readonly ReadOnlySpan<byte> _content = content;
    private List<RuleMatch>? _matches;

    public bool Accept(int offset, int literal)
    {
        if (KeyReader.TryRead(_content, anchors[literal], offset, out var match))
        {
            _matches ??= [];
            _matches.Add(match);
        }

        return true;
    }

    /// <summary>Hands over the matches by their offset, each place once: of several readings of it the one with the fewest steps.</summary>
    public readonly void MoveTo(ICollection<RuleMatch> matches)
    {
        if (_matches is null)
        {
            return;
        }

        _matches.Sort(static (a, b) =>
            a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset)
            : a.DecodedBy.Length != b.DecodedBy.Length ? a.DecodedBy.Length.CompareTo(b.DecodedBy.Length)
            : a.Length != b.Length ? b.Length.CompareTo(a.Length)
            : string.CompareOrdinal(a.Rule.Id, b.Rule.Id));
        var last = default(RuleMatch);
        foreach (var match in _matches)
        {
            if (last.Rule != match.Rule || last.Offset != match.Offset)
            {
                matches.Add(match);
                last = match;
            }
        }
    }
}
