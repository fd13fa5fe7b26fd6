using System.Collections.Immutable;
using Microsoft.Extensions.FileSystemGlobbing;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>The include and exclude globs of the command line, against paths relative to the scanned root.</summary>
internal sealed class PathFilter
{
    private readonly Matcher? _matcher;

    public PathFilter(ImmutableArray<string> include, ImmutableArray<string> exclude)
    {
        if (include.IsEmpty && exclude.IsEmpty)
        {
            return;
        }

        _matcher = new Matcher(StringComparison.Ordinal);
        _matcher.AddIncludePatterns(include.IsEmpty ? ["**"] : include);
        _matcher.AddExcludePatterns(exclude);
    }

    public static PathFilter Everything { get; } = new([], []);

    public bool Admits(string path) => _matcher is null || _matcher.Match(path).HasMatches;
}
