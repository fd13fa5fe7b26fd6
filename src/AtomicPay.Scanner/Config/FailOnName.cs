using System.Collections.Immutable;

namespace AtomicPay.Scanner.Config;

/// <summary>The names of <see cref="FailOn"/> as options, variables and files write them.</summary>
internal static class FailOnName
{
    public static ImmutableArray<string> All { get; } = [.. Enum.GetNames<FailOn>().Select(n => n.ToLowerInvariant())];

    public static FailOn? Parse(string name) => All.Contains(name) ? Enum.Parse<FailOn>(name, ignoreCase: true) : null;
}
