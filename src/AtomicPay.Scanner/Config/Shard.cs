using System.Globalization;

namespace AtomicPay.Scanner.Config;

/// <summary>One of several scans that divide the work among them.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Shard(int Number, int Count)
{
    private const int Most = 10_000;

    public bool IsFirst => Number == 1;

    /// <summary>Reads <c>I/N</c>; null for anything else.</summary>
    public static Shard? Parse(string text) =>
        text.Split('/') is [var number, var count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i >= 1 && i <= n && n <= Most
            ? new Shard(i, n)
            : null;

    /// <summary>Whether what hashes to this number falls to this scan.</summary>
    public bool Takes(uint hash) => hash % (uint)Count == (uint)(Number - 1);
}
