using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AtomicPay.Scanner.Rules.Judging;
using AtomicPay.Scanner.Rules.Matching;

namespace AtomicPay.Scanner.Rules;

/// <summary>Rules made ready to run over bytes. Immutable, and safe to use from many threads at once.</summary>
public sealed class RuleSet
{
    // Changes whenever matching, decoding or judging may give another result for the same bytes: what was remembered about
    // content under another digest does not count.
    private const int EngineVersion = 7;

    private readonly Anchor[] _anchors;
    private readonly LiteralMatcher _matcher;

    // Put off because most contents have no run of digits that is long enough for them.
    private readonly Lazy<(Anchor[] Anchors, LongRunMatcher Matcher)> _deep;

    // Put off because the first use of a hash loads a cryptographic library, which takes longer than all else here.
    private readonly Lazy<string> _digest;

    /// <summary>Prepares rules.</summary>
    public RuleSet(ImmutableArray<Rule> rules)
    {
        Rules = rules;
        _anchors = [.. rules.SelectMany(Anchors.For)];
        _matcher = new LiteralMatcher([.. _anchors.Select(anchor => anchor.Literal), .. PackedSigns.Literals]);
        _deep = new(() => Deep(rules));
        LongestAnchor = Math.Max(LongRunMatcher.Reach, _anchors.Select(anchor => anchor.Literal).Concat(PackedSigns.Literals).Max(literal => literal.Length));
        _digest = new Lazy<string>(() => Hash(rules));
    }

    /// <summary>The AtomicPay rules that come with the scanner.</summary>
    public static RuleSet Default { get; } = new([Catalog.AtomicPayApiKey.Rule, Catalog.AtomicPayNamedKey.Rule]);

    /// <summary>The rules of this set, in the order in which reports list them.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>Names, in hexadecimal, everything that changes what is found: same digest, same results.</summary>
    public string Digest => _digest.Value;

    /// <summary>How many bytes <see cref="IndexOfAnchor"/> may have to see at once to know a sign of a key.</summary>
    public int LongestAnchor { get; }

    /// <summary>Whether a line, its bytes as they stand in the file, asks for its keys to be allowed.</summary>
    public static bool IsAllowedByComment(ReadOnlySpan<byte> line) =>
        HasWord(line, "atomicpay-scan:allow"u8) || HasWord(line, "gitleaks:allow"u8);

    /// <summary>Where the first sign of a key, or of what is packed in base64, begins, in bytes, or -1: content without one has no match.</summary>
    public int IndexOfAnchor(ReadOnlySpan<byte> content)
    {
        var first = new FirstAnchor();
        _matcher.Scan(content, ref first);
        if (first.Offset < 0)
        {
            ScanRuns(content, ref first);
        }

        if (first.Offset < 0)
        {
            return -1;
        }

        // Occurrences come in the order of their fingerprints; one that begins earlier may have its fingerprint later.
        var from = Math.Max(0, first.Offset - LongestAnchor);
        var earliest = new EarliestAnchor();
        var around = content[from..Math.Min(content.Length, first.Offset + LongestAnchor)];
        _matcher.Scan(around, ref earliest);
        return from + Math.Min(earliest.Offset, first.Offset - from);
    }

    /// <summary>Whether a content may hold the base64 of a picture, an archive or a document.</summary>
    public bool HoldsPacked(ReadOnlySpan<byte> content)
    {
        var sink = new FirstSign(_anchors.Length);
        _matcher.Scan(content, ref sink);
        return sink.IsFound;
    }

    /// <summary>Finds every key in <paramref name="content"/> and adds it to <paramref name="matches"/>, ordered by offset.</summary>
    /// <param name="content">Where to look.</param>
    /// <param name="matches">Takes the keys.</param>
    /// <param name="packed">Takes the offsets of what may be the base64 of a picture, an archive or a document, in ascending order; null when they are not asked for.</param>
    public void FindMatches(ReadOnlySpan<byte> content, ICollection<RuleMatch> matches, ICollection<int>? packed = null)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var sink = new MatchSink(content, this, packed);
        _matcher.Scan(content, ref sink);
        sink.AreDeep = true;
        ScanRuns(content, ref sink);
        sink.MoveTo(matches);
    }

    /// <summary>Judges a text that was read by other means, a picture for example: is it a key that was issued?</summary>
    public static Verdict Judge(Rule rule, string key)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(key);
        return KeyJudge.Judge(rule, key);
    }

    /// <summary>The anchor of a literal; null for a literal behind the anchors, which is a sign of something packed.</summary>
    internal Anchor? AnchorOf(int literal, bool isDeep) =>
        isDeep ? _deep.Value.Anchors[literal] : literal < _anchors.Length ? _anchors[literal] : null;

    /// <summary>Whether the word stands there and ends there: a line that speaks of an allowlist allows nothing.</summary>
    private static bool HasWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> word)
    {
        for (var at = line.IndexOf(word); at >= 0; at = line.IndexOf(word))
        {
            line = line[(at + word.Length)..];
            if (line.IsEmpty || !(char.IsAsciiLetterOrDigit((char)line[0]) || line[0] is (byte)'_' or (byte)'-'))
            {
                return true;
            }
        }

        return false;
    }

    private void ScanRuns<TSink>(ReadOnlySpan<byte> content, ref TSink sink)
        where TSink : struct, IAnchorSink, allows ref struct
    {
        if (LongRunMatcher.IndexOfRun(content, 0) is >= 0 and var run)
        {
            _deep.Value.Matcher.Scan(content, run, ref sink);
        }
    }

    private static (Anchor[] Anchors, LongRunMatcher Matcher) Deep(ImmutableArray<Rule> rules)
    {
        Anchor[] anchors = [.. rules.SelectMany(Anchors.Deep)];
        return (anchors, new LongRunMatcher([.. anchors.Select(anchor => anchor.Literal)]));
    }

    private static string Hash(ImmutableArray<Rule> rules)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{EngineVersion}\n");
        foreach (var rule in rules)
        {
            // A record of its own for each value, with its length, so that no two rules read the same.
            foreach (var value in (IEnumerable<string>)[rule.Id, .. rule.Prefixes, "", .. rule.Names, "", rule.Host, rule.Body.Text, $"{rule.IsRandom}", .. rule.Allowed, ""])
            {
                text.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}\n");
            }
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        hash.AppendData(WrittenTextCosts.Letters);
        hash.AppendData(WrittenTextCosts.Classes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
