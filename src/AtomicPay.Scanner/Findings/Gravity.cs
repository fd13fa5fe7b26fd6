using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Findings;

/// <summary>How bad a finding is: what its rule says of the key, and who may read it where it lies.</summary>
/// <param name="Score">From 0.1 to 10, as code scanning counts: above 9 critical, from 7 high, from 4 medium.</param>
internal sealed record Gravity(double Score)
{
    private const double Lowest = 0.1;
    private const double Highest = 10;

    /// <summary>Where a key lies; the first that is true counts.</summary>
    private static readonly (Func<Place, bool> Is, double Score)[] Places =
    [
        (place => DeliveredPath.WordsFor(place.Path) is not null, 9.8),
        (place => place.Picture is not null, 9.4),
        (place => place.Kind is PlaceKind.Unreachable, 6.5),
        (place => place.Kind is PlaceKind.Index or PlaceKind.GitConfig, 7.5),
        (place => place.Kind is PlaceKind.History && place.Exposure is { InHead: false }, 8.4),
    ];

    /// <summary>Anywhere else: in files that people share, and in what git shows of a repository.</summary>
    private const double Elsewhere = 9.2;

    /// <summary>What is added, or taken off, whatever the place.</summary>
    private static readonly (Func<Rule, Secret?, Place?, bool> Is, double Added)[] Circumstances =
    [
        // It is not known what a key can do that calls itself a test key; so it stays grave.
        ((rule, key, _) => key is not null && key.Reveal().AsSpan(rule.PrefixOf(key.Reveal()).Length).StartsWith("test_", StringComparison.Ordinal), -1.5),
        ((_, _, place) => place?.Exposure?.RemoteHost is not null, 0.1),
        ((rule, _, _) => rule.Severity == Severity.Warning, -3),
        ((rule, _, _) => rule.Severity == Severity.Note, -6),
    ];

    /// <summary>The level of reports, which knows three.</summary>
    public Severity Severity => Score >= 7 ? Severity.Error : Score >= 4 ? Severity.Warning : Severity.Note;

    /// <summary>The word for it.</summary>
    public string Name => Score switch
    {
        > 9 => "critical",
        >= 7 => "high",
        >= 4 => "medium",
        _ => "low",
    };

    /// <summary>How bad the findings of a rule are in the usual place.</summary>
    public static Gravity Of(Rule rule) => Of(rule, key: null, place: null);

    /// <summary>How bad a finding is.</summary>
    public static Gravity Of(Rule rule, Secret? key, Place? place)
    {
        var score = Elsewhere;
        foreach (var (holds, scoreThere) in Places)
        {
            if (place is not null && holds(place))
            {
                score = scoreThere;
                break;
            }
        }

        foreach (var (holds, added) in Circumstances)
        {
            score += holds(rule, key, place) ? added : 0;
        }

        return new Gravity(Math.Round(Math.Clamp(score, Lowest, Highest), 1));
    }
}
