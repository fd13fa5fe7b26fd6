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
        var prefix = rule.PrefixOf(key);
        if (prefix.Length == 0 && !rule.Prefixes.IsEmpty)
        {
            return new(Likeness.NotAKey, 0);
        }

        var body = key[prefix.Length..];
        foreach (var c in body)
        {
            if (!rule.Body.Has(c))
            {
                return new(KeyShape.IsMask(c) ? Likeness.CutOff : Likeness.NotAKey, 0);
            }
        }

        if (body.IsEmpty || rule.Body.Match(body, out var fixedBeginning) != body.Length || AllowedKeys.Has(rule, key))
        {
            return new(Likeness.NotAKey, 0);
        }

        if (!rule.IsRandom)
        {
            return new(Likeness.Issued, 1);
        }

        var random = body[fixedBeginning..];
        Span<bool> explained = stackalloc bool[random.Length];
        Patterns.Mark(random, explained);
        if (Placeholder.Is(random, explained))
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
