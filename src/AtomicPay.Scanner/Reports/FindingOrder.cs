using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports;

/// <summary>The worst first, then by path, line, column and key: viewers show only the first few thousand results.</summary>
internal sealed class FindingOrder : IComparer<Finding>
{
    public static FindingOrder Instance { get; } = new();

    public int Compare(Finding? x, Finding? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = y.Gravity.Score.CompareTo(x.Gravity.Score);
        order = order != 0 ? order : string.CompareOrdinal(x.Place.Path, y.Place.Path);
        order = order != 0 ? order : StartOf(x).CompareTo(StartOf(y));
        order = order != 0 ? order : string.CompareOrdinal(x.Secret.Sha256, y.Secret.Sha256);
        return order != 0 ? order : x.Place.Kind.CompareTo(y.Place.Kind);
    }

    private static (int Line, int Column) StartOf(Finding finding) =>
        finding.Place.Region is { } region ? (region.StartLine, region.StartColumn) : (0, 0);
}
