namespace AtomicPay.Scanner.Reports;

/// <summary>How a report for people is to look; a report for programs ignores it.</summary>
/// <param name="Color">Whether terminal escape sequences may be used.</param>
/// <param name="Width">Columns at which sentences wrap; paths never do.</param>
/// <param name="Verbose">Whether long lists are printed to their end.</param>
internal sealed record ReportStyle(bool Color, int Width, bool Verbose)
{
    private const int NarrowestUseful = 40;
    private const int WidestReadable = 100;

    /// <summary>What suits a file or a pipe.</summary>
    public static ReportStyle Plain { get; } = new(Color: false, WidestReadable, Verbose: false);

    /// <summary>The width for sentences: that of the terminal, within what can be read well.</summary>
    public int TextWidth => Math.Clamp(Width, NarrowestUseful, WidestReadable);
}
