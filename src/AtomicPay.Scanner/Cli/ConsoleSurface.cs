using AtomicPay.Scanner.Config;
using AtomicPay.Scanner.Reports;

namespace AtomicPay.Scanner.Cli;

/// <summary>What standard output and standard error can show.</summary>
internal static class ConsoleSurface
{
    private const int WidthOfPipes = 100;

    public static ReportStyle Output(ScanOptions options) => Output(options.Color) with { Verbose = options.Verbose };

    public static ReportStyle Output(ColorChoice color) =>
        new(HasColor(color, Console.IsOutputRedirected), Width(Console.IsOutputRedirected), Verbose: false);

    public static ReportStyle Error(ScanOptions options) =>
        new(HasColor(options.Color, Console.IsErrorRedirected), Width(Console.IsErrorRedirected), options.Verbose);

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
