namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Tells keys that were issued from text that only has their form.</summary>
internal static class KeyJudge
{
    /// <summary>A key is reported from this confidence on; the rates of error at it are measured by the tests.</summary>
    public const double Threshold = 0.5;

    // In nats: how much likelier chance must be than writing before the two count as equally likely here. Names are far more
    // common after the prefix than keys are.
    private const double Doubt = 7;

    public static Verdict Judge(Rule rule, ReadOnlySpan<char> key)
    {
        if (!key.StartsWith(rule.Prefix, StringComparison.Ordinal))
        {
            return new(Likeness.NotAKey, 0);
        }

        var body = key[rule.Prefix.Length..];
        var end = body.IndexOfAnyExcept(KeyShape.Characters);
        if (end >= 0)
        {
            return new(KeyShape.IsMask(body[end]) ? Likeness.CutOff : Likeness.NotAKey, 0);
        }

        var random = KeyShape.RandomPart(body);
        if (random.IsEmpty)
        {
            return new(Likeness.NotAKey, 0);
        }

        Span<bool> explained = stackalloc bool[KeyShape.LongestBody];
        if (Placeholder.Is(random, Patterns.Mark(random, explained)))
        {
            return new(Likeness.Placeholder, 0);
        }

        // Numbers alone are dates, counters and identifiers of records.
        var evidence = random.ContainsAnyExceptInRange('0', '9') ? Randomness.Evidence(random, explained) : double.NegativeInfinity;
        var confidence = Confidence(evidence);
        return new(confidence >= Threshold ? Likeness.Issued : Likeness.Identifier, Math.Round(confidence, 4));
    }

    /// <summary>Turns evidence in nats into a confidence from 0 to 1.</summary>
    public static double Confidence(double evidence) => 1 / (1 + Math.Exp(Doubt - evidence));
}
