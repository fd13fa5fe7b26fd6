using System.Globalization;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>The ids and prefixes that rules have already, and what is wrong with another one.</summary>
internal sealed class TakenNames(IReadOnlyCollection<Rule> others)
{
    private const int LongestId = 64;
    private const int ShortestPrefix = 4;
    private const int LongestPrefix = 32;
    private const int MostPrefixes = 100;

    private readonly HashSet<string> _ids = [.. others.Select(rule => rule.Id)];
    private readonly HashSet<string> _prefixes = [.. others.SelectMany(rule => rule.Prefixes)];
    private int _added;

    /// <summary>Takes an id; says what is wrong with it, or null.</summary>
    public string? TakeId(string id) =>
        id.Length > LongestId || !char.IsAsciiLetterLower(id[0]) || id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            ? Invariant($"An id is small letters, digits and hyphens, {LongestId} at most, and begins with a letter: \"acme-key\".")
        : !_ids.Add(id) ? $"There is a rule \"{id}\" already; give this one another id."
        : null;

    /// <summary>Takes a prefix; says what is wrong with it, or null.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="before">The prefixes of the same rule before it.</param>
    public string? TakePrefix(string prefix, IReadOnlyCollection<string> before) =>
        prefix.Length < ShortestPrefix
            ? Invariant($"A prefix has {ShortestPrefix} characters at least: a shorter one stands everywhere by chance, and its base64 could not be told at all. If more of every key is the same, make that part of the prefix.")
        : prefix.Length > LongestPrefix || !char.IsAsciiLetterOrDigit(prefix[0]) || prefix.Any(c => !BodyPatternReader.IsKeyCharacter(c))
            ? Invariant($"A prefix is letters, digits and _ - . ~ + /, {LongestPrefix} at most, and begins with a letter or digit.")
        : _prefixes.Contains(prefix) ? $"Keys that begin with \"{prefix}\" have a rule already, which always runs; leave this one out."
        : before.Contains(prefix) ? $"The prefix \"{prefix}\" stands twice in this rule; leave one out."
        : ++_added > MostPrefixes ? Invariant($"A file has at most {MostPrefixes} prefixes; every one slows the scan down.")
        : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
