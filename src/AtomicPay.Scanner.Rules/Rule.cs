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

    /// <summary>The ASCII text that every key begins with.</summary>
    public required string Prefix { get; init; }

    /// <summary>Texts that hold exactly one key each; <c>{key}</c> stands for a generated one.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>Texts that look like keys and are none.</summary>
    public ImmutableArray<string> NearMisses { get; init; } = [];
}
