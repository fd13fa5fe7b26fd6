using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using AtomicPay.Scanner.Findings;
using Spectre.Console;

namespace AtomicPay.Scanner.Reports.Terminal;

/// <summary>
/// One line on stderr that shows that a long scan is alive, removed when it ends. It asks the scan how far it is; the scan
/// never waits for it. A scan that ends within a second starts no display and does not even load what draws it.
/// </summary>
internal sealed class ScanProgress : IDisposable
{
    /// <summary>The spinner, the space behind it, and one column that stays free: some terminals wrap when the last one is used.</summary>
    private const int SpinnerColumns = 3;

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;

    private ScanProgress(Func<ScanActivity> activity, TextWriter error, TimeSpan delay, int width, bool color)
    {
        _thread = new Thread(() => Run(activity, error, delay, width, color)) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    /// <summary>Whether somebody is watching: stderr is a terminal that can redraw a line, and not a build server's log.</summary>
    public static bool IsWanted(bool errorIsTerminal, Func<string, string?> environment) =>
        errorIsTerminal
        && string.IsNullOrEmpty(environment("CI"))
        && environment("TERM") is not "dumb";

    /// <summary>Begins to watch a scan. Dispose it before anything else is written to stderr.</summary>
    /// <param name="activity">Asked ten times a second, from another thread.</param>
    /// <param name="error">The terminal.</param>
    /// <param name="delay">How long a scan may take without a display.</param>
    /// <param name="width">The terminal's columns.</param>
    /// <param name="color">Whether to use colour.</param>
    public static ScanProgress Start(Func<ScanActivity> activity, TextWriter error, TimeSpan delay, int width, bool color) =>
        new(activity, error, delay, width, color);

    /// <summary>The text behind the spinner, cut to the terminal's width: a second line could not be redrawn.</summary>
    public static string Text(ScanActivity activity, TimeSpan elapsed, int width)
    {
        var text = $"{DisplayText.Line(activity.Phase)} · {Counted.Duration(elapsed)} · {Counted.Of(activity.Keys, "key")} · "
            + $"{SummaryLine.Scanned(activity.Counts)}, {Counted.Size(activity.Counts.Bytes)}";
        return text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 1)), "…");
    }

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
    }

    private void Run(Func<ScanActivity> activity, TextWriter error, TimeSpan delay, int width, bool color)
    {
        if (_ended.Wait(delay))
        {
            return;
        }

        try
        {
            Draw(activity, error, delay, width, color);
        }
        catch (IOException)
        {
            // The terminal went away. The scan goes on, and its reports have their own places.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Draw(Func<ScanActivity> activity, TextWriter error, TimeSpan delay, int width, bool color)
    {
        var started = Stopwatch.StartNew();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(error),
        });
        console.Profile.Width = width;
        var spinner = error.Encoding.CodePage == Encoding.UTF8.CodePage ? Spinner.Known.Dots : Spinner.Known.Line;
        var turns = 0;
        Paragraph Now() => new Paragraph()
            .Append($"{spinner.Frames[turns++ % spinner.Frames.Count]} ", new Style(Color.Teal))
            .Append(Text(activity(), started.Elapsed + delay, width - SpinnerColumns));

        // Not the status display of the library: it surrounds its line with blank ones.
        console.Live(Now()).AutoClear(true).Start(display =>
        {
            while (!_ended.Wait(_interval))
            {
                display.UpdateTarget(Now());
            }
        });
    }
}
