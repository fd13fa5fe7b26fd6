using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Reports.Terminal;
using static AtomicPay.Scanner.Tests.Reports.Samples;

namespace AtomicPay.Scanner.Tests.Reports;

public sealed class ScanProgressTests
{
    private static readonly ScanActivity _activity = new("git history", new ScanCounts(1204, 58113, 14, 1_288_490_189), 2);

    [Theory]
    [InlineData(true, null, "xterm", true)]
    [InlineData(false, null, "xterm", false)]
    [InlineData(true, "true", "xterm", false)]
    [InlineData(true, "", "xterm", true)]
    [InlineData(true, null, "dumb", false)]
    public void It_shows_only_where_somebody_is_watching(bool terminal, string? ci, string term, bool wanted) =>
        ScanProgress.IsWanted(terminal, name => name == "CI" ? ci : name == "TERM" ? term : null).ShouldBe(wanted);

    [Fact]
    public void A_short_scan_shows_nothing()
    {
        using var error = new StringWriter();

        ScanProgress.Start(() => throw new InvalidOperationException("nobody should ask"), error, TimeSpan.FromMinutes(1), 80, color: true).Dispose();

        error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_long_scan_shows_where_it_is_and_cleans_up()
    {
        using var error = new StringWriter();
        using var asked = new CountdownEvent(3);

        using (ScanProgress.Start(Ask, TextWriter.Synchronized(error), TimeSpan.Zero, 80, color: false))
        {
            asked.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken).ShouldBeTrue();
        }

        error.ToString().ShouldContain("git history · ");
        // Erased, and the cursor shown again.
        error.ToString().ShouldEndWith("\u001b[2K\u001b[?25h");

        ScanActivity Ask()
        {
            if (!asked.IsSet)
            {
                asked.Signal();
            }

            return _activity;
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(77)]
    [InlineData(20)]
    public void It_takes_one_line_of_the_terminal(int width)
    {
        var text = ScanProgress.Text(_activity, TimeSpan.FromSeconds(75), width);

        text.Length.ShouldBeLessThanOrEqualTo(width);
        "git history · 1 min 15 s · 2 keys · 1,204 files, 58,113 git objects, 14 pictures, 1.3 GB".ShouldStartWith(text.TrimEnd('…'));
    }

    [Fact]
    public void The_summary_is_one_line_about_the_run()
    {
        SummaryLine.Of(Result()).ShouldBe("No leaked key · 1,204 files, 58,113 git objects, 14 pictures, 1.3 GB · 3.4 s");
        SummaryLine.Of(Result(Finding(Text("a")), Finding(Text("b")), Finding(Text("b"), Secret(2))) with
        {
            Counts = new ScanCounts(1, 0, 0, 999),
            Skipped = [new Skipped(new Origin.StandardInput(), "x")],
            Interrupted = true,
            Elapsed = TimeSpan.FromMinutes(72.5),
        }).ShouldBe("2 leaked keys, 3 findings · 1 file, 999 bytes · 1 h 12 min · 1 not scanned · interrupted");
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(999_949, "999.9 kB")]
    [InlineData(999_951, "1.0 MB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void Sizes_are_read_at_a_glance(long bytes, string text) => Counted.Size(bytes).ShouldBe(text);
}
