using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;

namespace AtomicPay.Scanner.Cli;

/// <summary>What standard output and standard error can show.</summary>
internal static class ConsoleSurface
{
    private const int WidthOfPipes = 100;

    private static readonly TimeSpan ProgressDelay = TimeSpan.FromSeconds(1);

    public static ReportStyle Output(ScanOptions options) => Output(options.Color) with { Verbose = options.Verbose };

    public static ReportStyle Output(ColorChoice color) =>
        new(HasColor(color, Console.IsOutputRedirected), Width(Console.IsOutputRedirected), Verbose: false);

    public static ReportStyle Error(ScanOptions options) =>
        new(HasColor(options.Color, Console.IsErrorRedirected), Width(Console.IsErrorRedirected), options.Verbose);

    /// <summary>Shows what is going on until it is disposed; null where nobody is watching.</summary>
    public static ScanProgress? Watch(ScanOptions options, Func<ScanActivity> activity)
    {
        if (options.Quiet || !ScanProgress.IsWanted(!Console.IsErrorRedirected, Environment.GetEnvironmentVariable))
        {
            return null;
        }

        var style = Error(options);
        return ScanProgress.Start(activity, Console.Error, ProgressDelay, style.Width, style.Color);
    }

    private static bool HasColor(ColorChoice choice, bool isRedirected) => choice switch
    {
        ColorChoice.Always => true,
        ColorChoice.Never => false,
        // https://no-color.org: any value that is not empty.
        _ => !isRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb",
    };

    private static int Width(bool isRedirected)
    {
        if (isRedirected)
        {
            return WidthOfPipes;
        }

        try
        {
            return Console.WindowWidth is > 0 and var width ? width : WidthOfPipes;
        }
        catch (IOException)
        {
            return WidthOfPipes;
        }
    }
}
