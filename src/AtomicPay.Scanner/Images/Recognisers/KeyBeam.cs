using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>
/// Searches for the likeliest keys in what the recogniser saw: a prefix beam search over connectionist temporal classification (Hannun
/// et al., 2014), in which only what has the form of a key can go on.
/// </summary>
internal sealed class KeyBeam
{
    private const int Width = 24;

    // Nats. A text so much less likely than the likeliest is not followed.
    private const float Hopeless = 14;
    private const int LongestText = 150;

    // Log-probabilities. What is less likely than one in ten thousand is not followed; a blank this likely is all there is.
    private const float Unlikely = -9.2f;
    private const float Certain = -1e-4f;

    // Nats. What it costs to have a separator in the body, a mark or space inside the key, and one inside the prefix.
    private const float Separator = 4;
    private const float MarkInside = 2;

    private const int Closed = Glyph.Count;

    private readonly Emissions _emissions;
    private readonly KeyForm _form;
    private readonly List<Node> _nodes = [new Node(-1, 0, 0)];
    private readonly Dictionary<(int Parent, int Glyph), int> _children = [];
    private List<Path> _next = [];
    private readonly Dictionary<int, int> _nextOf = [];
    private float _least;
    private readonly int[] _likely = new int[Glyph.Count];
    private int _likelyCount;

    private KeyBeam(Emissions emissions, KeyForm form) => (_emissions, _form) = (emissions, form);

    /// <summary>The texts of that form that are likely from a frame on, the likeliest first, none twice.</summary>
    public static List<string> Search(Emissions emissions, int from, KeyForm form) => new KeyBeam(emissions, form).Search(from);

    private List<string> Search(int from)
    {
        List<Path> beam = [new Path(0, 0, float.NegativeInfinity, 0)];
        for (var frame = from; frame < _emissions.Frames && beam.Count > 0; frame++)
        {
            var logarithms = _emissions.At(frame);
            var blank = logarithms[Glyph.Blank];
            if (blank > Certain)
            {
                for (var i = 0; i < beam.Count; i++)
                {
                    beam[i] = new Path(beam[i].Node, beam[i].Total + blank, float.NegativeInfinity, beam[i].Total + blank);
                }

                continue;
            }

            _least = beam[0].Total + _emissions.BestAt(frame) - Hopeless;
            SetLikely(logarithms);
            _next.Clear();
            _nextOf.Clear();
            foreach (var path in beam)
            {
                Extend(path, logarithms);
            }

            foreach (ref var path in CollectionsMarshal.AsSpan(_next))
            {
                path = path with { Total = Logarithms.Add(path.AfterBlank, path.AfterGlyph) };
            }

            _next.Sort(static (one, other) => (other.Total, one.Node).CompareTo((one.Total, other.Node)));
            (beam, _next) = (_next, beam);
            if (beam.Count > Width)
            {
                beam.RemoveRange(Width, beam.Count - Width);
            }
        }

        return [.. beam.Select(path => Text(path.Node)).Where(text => text.Length >= _form.Shortest).Distinct()];
    }

    // The few glyphs that any path may go on with.
    private void SetLikely(ReadOnlySpan<float> logarithms)
    {
        _likelyCount = 0;
        for (var glyph = 1; glyph <= Glyph.Space; glyph++)
        {
            if (logarithms[glyph] >= Unlikely || glyph == Glyph.Of('_'))
            {
                _likely[_likelyCount++] = glyph;
            }
        }
    }

    private void Extend(Path path, ReadOnlySpan<float> logarithms)
    {
        var node = _nodes[path.Node];
        if (node.Glyph == Closed)
        {
            AddBlank(path.Node, path.Total);
            return;
        }

        AddBlank(path.Node, path.Total + logarithms[Glyph.Blank]);
        if (node.Length > 0)
        {
            AddGlyph(path.Node, path.AfterGlyph + logarithms[node.Glyph]);
        }

        if (node.Length == LongestText || path.Total < _least)
        {
            return;
        }

        var unlikely = Math.Max(Unlikely, _least - path.Total);

        foreach (var glyph in _likely.AsSpan(0, _likelyCount))
        {
            if (logarithms[glyph] < unlikely && !(glyph == Glyph.Of('_') && NeedsUnderscore(path.Node)))
            {
                continue;
            }

            if (glyph is Glyph.Other or Glyph.Space)
            {
                if (_form.MayEnd(BodyLength(path.Node)))
                {
                    AddBlank(Child(path.Node, Closed), path.Total + logarithms[glyph]);
                }
                else
                {
                    AddBlank(path.Node, path.Total + logarithms[glyph] - (node.Length == 0 ? 0 : MarkInside));
                }
            }
            else if (Emission(path.Node, glyph, logarithms) is { } emission)
            {
                var before = node.Glyph == glyph && node.Length > 0 ? path.AfterBlank : path.Total;
                AddGlyph(Child(path.Node, glyph), before + emission);
            }
        }
    }

    // Null when the character cannot stand there.
    private float? Emission(int at, int glyph, ReadOnlySpan<float> logarithms)
    {
        var node = _nodes[at];
        if (node.Length < _form.Prefix.Length)
        {
            return glyph != _form.Prefix[node.Length] ? null
                : NeedsUnderscore(at) ? Math.Max(logarithms[glyph], PrefixSpotter.UnderscoreLike(logarithms))
                : logarithms[glyph];
        }

        if (glyph == Glyph.Of('_') && NeedsUnderscore(at))
        {
            return Math.Max(logarithms[glyph], PrefixSpotter.UnderscoreLike(logarithms));
        }

        return _form.Alphabet[glyph] ? logarithms[glyph]
            : _form.HasSeparators && (glyph == Glyph.Of('_') || glyph == Glyph.Of('-')) ? logarithms[glyph] - Separator
            : null;
    }

    private bool NeedsUnderscore(int at)
    {
        var length = _nodes[at].Length;
        return (length < _form.Prefix.Length && _form.Prefix[length] == Glyph.Of('_')) || (length == KeyForm.MarkerEnd && _form.HasMarker && EndsMarker(at));
    }

    private bool EndsMarker(int at)
    {
        Span<char> marker = stackalloc char[KeyForm.MarkerLength];
        for (var i = marker.Length - 1; i >= 0; i--, at = _nodes[at].Parent)
        {
            marker[i] = Glyph.CharacterOf(_nodes[at].Glyph);
        }

        return marker is "live" or "test";
    }

    private int BodyLength(int at) => _nodes[at].Length - _form.Prefix.Length;

    private int Child(int parent, int glyph)
    {
        if (!_children.TryGetValue((parent, glyph), out var child))
        {
            child = _nodes.Count;
            _nodes.Add(new Node(parent, glyph, _nodes[parent].Length + (glyph == Closed ? 0 : 1)));
            _children.Add((parent, glyph), child);
        }

        return child;
    }

    private void AddBlank(int node, float score)
    {
        var at = IndexOf(node);
        _next[at] = _next[at] with { AfterBlank = Logarithms.Add(_next[at].AfterBlank, score) };
    }

    private void AddGlyph(int node, float score)
    {
        var at = IndexOf(node);
        _next[at] = _next[at] with { AfterGlyph = Logarithms.Add(_next[at].AfterGlyph, score) };
    }

    private int IndexOf(int node)
    {
        if (!_nextOf.TryGetValue(node, out var at))
        {
            at = _next.Count;
            _next.Add(new Path(node, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity));
            _nextOf.Add(node, at);
        }

        return at;
    }

    private string Text(int at)
    {
        var text = new char[_nodes[at].Length];
        for (; _nodes[at].Length > 0; at = _nodes[at].Parent)
        {
            if (_nodes[at].Glyph != Closed)
            {
                text[_nodes[at].Length - 1] = Glyph.CharacterOf(_nodes[at].Glyph);
            }
        }

        return new string(text);
    }

    private readonly record struct Node(int Parent, int Glyph, int Length);

    private readonly record struct Path(int Node, float AfterBlank, float AfterGlyph, float Total);
}
