using System.Collections.Immutable;

namespace AtomicPay.Scanner.Rules;

/// <summary>What one kind of key looks like, how bad it is to leak one, what to do about it, and the proof that the rule tells it from its look-alikes.</summary>
public sealed record Rule
{
    /// <summary>The stable identifier that reports, baselines and allowlists use, such as <c>atomicpay-api-key</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A name of a few words for people.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence that says what was found.</summary>
    public required string Summary { get; init; }

    /// <summary>What to do about a finding now: a few sentences, one after the other.</summary>
    public required ImmutableArray<string> Steps { get; init; }

    /// <summary>All that there is to know about a finding, in Markdown.</summary>
    public required string Help { get; init; }

    /// <summary>The level of a finding.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>How often a finding is right, as code scanning names it: <c>very-high</c>, <c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public string Precision { get; init; } = "high";

    /// <summary>The ASCII texts of which every key begins with one; none for keys that are known by what stands around them.</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];

    /// <summary>Words, in lower case, whose neighbourhood is searched for keys without a prefix: a name in its spellings.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The host, of which the last name is one of <see cref="Names"/>, to which keys without a prefix are sent.</summary>
    public string Host { get; init; } = "";

    /// <summary>What follows the prefix.</summary>
    public required BodyPattern Body { get; init; }

    /// <summary>Whether only a body that looks random is a key.</summary>
    public bool IsRandom { get; init; } = true;

    /// <summary>Keys that are no leak, such as examples in documentation; an asterisk stands for any characters.</summary>
    public ImmutableArray<string> Allowed { get; init; } = [];

    /// <summary>Texts that hold exactly one key each; <c>{key}</c> stands for a generated one.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>Texts that look like keys and are none.</summary>
    public ImmutableArray<string> NearMisses { get; init; } = [];

    /// <summary>The longest prefix that the key begins with; empty when it has none.</summary>
    public string PrefixOf(ReadOnlySpan<char> key)
    {
        var longest = "";
        foreach (var prefix in Prefixes)
        {
            if (prefix.Length > longest.Length && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                longest = prefix;
            }
        }

        return longest;
    }
}
