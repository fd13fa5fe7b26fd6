using System.Collections.Immutable;
using System.Globalization;

namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>The fields of one rule as they are read; what may be left out is filled in at the end.</summary>
internal sealed class RuleFields
{
    private static readonly ImmutableArray<string> UsualSteps =
        ["Revoke or rotate the key where it was issued.", "Put the new key into an environment variable, or another protected place on the server."];

    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Summary { get; set; }

    public string? Help { get; set; }

    public ImmutableArray<string> Steps { get; set; } = [];

    public Severity Severity { get; set; } = Severity.Error;

    public List<string> Prefixes { get; } = [];

    /// <summary>What follows the prefix, and where the file says so.</summary>
    public (BodyPattern? Pattern, long Start) Body { get; set; }

    public bool IsRandom { get; set; } = true;

    public ImmutableArray<string> Allowed { get; set; } = [];

    public (ImmutableArray<string> Texts, IReadOnlyList<long> Starts) Examples { get; set; } = ([], []);

    public (ImmutableArray<string> Texts, IReadOnlyList<long> Starts) NearMisses { get; set; } = ([], []);

    /// <summary>The rule, once all that it must have has been read without an error.</summary>
    public DraftRule ToDraft()
    {
        var name = Name ?? Id!;
        var summary = Summary ?? $"A secret of the kind \"{name}\" is readable here.";
        var steps = Steps.IsEmpty ? UsualSteps : Steps;
        var rule = new Rule
        {
            Id = Id!,
            Name = name,
            Summary = summary,
            Steps = steps,
            Help = Help ?? $"{summary}\n\n{string.Join('\n', steps.Select((step, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {step}")))}",
            Severity = Severity,
            Precision = IsRandom ? "high" : "medium",
            Prefixes = [.. Prefixes],
            Body = Body.Pattern!,
            IsRandom = IsRandom,
            Allowed = Allowed,
            Examples = Examples.Texts,
            NearMisses = NearMisses.Texts,
        };
        return new DraftRule(rule, Body.Start, Examples.Starts, NearMisses.Starts);
    }
}
