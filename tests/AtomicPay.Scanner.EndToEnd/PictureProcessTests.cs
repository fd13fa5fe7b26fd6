using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using AtomicPay.Scanner.Tests.Images;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Pictures are read in processes of their own: what happens to those happens to no scan.</summary>
public sealed class PictureProcessTests : IDisposable
{
    private const int Pictures = 90;

    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    public PictureProcessTests()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc shows which processes there are.");
        _workspace.Write("a.env", $"KEY={_key}\n");
        for (var i = 0; i < Pictures; i++)
        {
            using var bitmap = DrawnPicture.Draw([.. Enumerable.Range(0, 30).Select(line => $"picture {i} shows line {line} of a long log")]);
            _workspace.Write($"shots/{i:D2}.png", DrawnPicture.Encode(bitmap));
        }
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_crash_is_made_good_in_a_new_process()
    {
        using var scan = Start();
        var worker = await WorkerOf(scan);
        // Past its first picture: a process that crashes at once is not started again for the same one.
        await worker.HasWorked();
        worker.Signal("SEGV");

        var run = await End(scan);

        run.ExitCode.ShouldBe(1);
        run.PathsOf(_key).ShouldBe(["a.env"]);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_that_crashes_every_process_is_reported_and_the_rest_is_scanned()
    {
        using var scan = Start();
        while (!scan.HasExited)
        {
            foreach (var worker in Worker.Of(scan.Id))
            {
                worker.Signal("SEGV");
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        var run = await End(scan);

        run.ExitCode.ShouldBe(1);
        run.PathsOf(_key).ShouldBe(["a.env"]);
        run.ExecutionSuccessful.ShouldBeFalse();
        run.NotScanned.ShouldNotBeEmpty();
        run.NotScanned.ShouldAllBe(static sentence => sentence.Contains("crashed the process that was reading it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("onnxruntime")]
    [InlineData("SkiaSharp")]
    public async Task Without_a_library_pictures_are_said_to_be_not_scanned(string library)
    {
        _workspace.Write("docs/setup.png", DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(seed: 7)}"));
        using var program = new Workspace();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(PublishedScanner.Binary)!).Where(file => Path.GetFileName(file) != $"lib{library}.so"))
        {
            File.Copy(file, program.PathOf(Path.GetFileName(file)));
        }

        var run = await CliWrap.Cli.Wrap(program.PathOf(Path.GetFileName(PublishedScanner.Binary))).WithArguments("docs").WithWorkingDirectory(_workspace.Root)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(2);
        string.Join(' ', run.StandardOutput.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(
            $"setup.png pictures need the library {library}, which belongs beside this program and cannot be loaded");
    }

    [Fact]
    public async Task A_killed_scan_leaves_no_process_behind()
    {
        using var scan = Start();
        var worker = await WorkerOf(scan);
        scan.Kill();
        await scan.WaitForExitAsync(TestContext.Current.CancellationToken);

        await worker.Gone();
    }

    [Fact]
    public async Task An_interrupted_scan_says_what_it_found_and_leaves_no_process_behind()
    {
        using var scan = Start();
        var worker = await WorkerOf(scan);
        // As a terminal does it: to every process of the scan.
        worker.Signal("INT");
        new Worker(scan.Id).Signal("INT");

        var run = await End(scan);

        run.ExitCode.ShouldBe(130);
        run.NotScanned.ShouldNotContain(static sentence => sentence.Contains("crashed", StringComparison.Ordinal));
        await worker.Gone();
    }

    [Fact]
    public async Task The_process_is_told_nothing_but_what_it_needs()
    {
        using var scan = Start();
        var worker = await WorkerOf(scan);
        try
        {
            var (arguments, environment) = (worker.Shown("cmdline"), worker.Shown("environ"));

            arguments.Split('\0', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
            environment.ShouldNotContain(TheKeyOfTheUser);
            environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(static one => one.Split('=')[0]).ShouldBeSubsetOf(["LD_LIBRARY_PATH", "PATH"]);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Not even shown to the user who started it, or already done.
        }

        await End(scan);
    }

    [Fact]
    public async Task The_order_of_a_report_does_not_depend_on_which_process_was_faster()
    {
        for (var i = 0; i < 6; i++)
        {
            _workspace.Write($"keys/{i}.png", DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(60 + i)}"));
        }

        var first = await PublishedScanner.Scan(_workspace, "--no-cache", "keys");
        var second = await PublishedScanner.Scan(_workspace, "--no-cache", "keys", "--jobs", "1");

        first.Results.Select(static result => result.GetRawText()).ShouldBe(second.Results.Select(static result => result.GetRawText()));
        first.Results.Length.ShouldBe(6);
    }

    private string TheKeyOfTheUser => _key;

    private Process Start()
    {
        var start = new ProcessStartInfo(PublishedScanner.Binary, ["scan", "--no-cache", "--report", "sarif"])
        {
            WorkingDirectory = _workspace.Root, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["ATOMICPAY_API_KEY"] = TheKeyOfTheUser;
        return Process.Start(start)!;
    }

    private static async Task<ScannerRun> End(Process scan)
    {
        var output = scan.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = scan.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await scan.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ScannerRun(scan.ExitCode, await output, await error);
    }

    private static async Task<Worker> WorkerOf(Process scan)
    {
        while (!scan.HasExited)
        {
            if (Worker.Of(scan.Id).FirstOrDefault() is { } worker)
            {
                return worker;
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        throw new ShouldAssertException("the scan ended without reading a picture in a process of its own");
    }

    private sealed record Worker(int Id)
    {
        public static IEnumerable<Worker> Of(int scan)
        {
            foreach (var folder in Directory.GetDirectories("/proc").Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                if (Fields(folder) is { Length: > 1 } fields && fields[0] != "Z" && fields[1] == scan.ToString(CultureInfo.InvariantCulture))
                {
                    yield return new Worker(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                }
            }
        }

        public void Signal(string name)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{Id}"]) { RedirectStandardError = true })!;
            kill.WaitForExit();
        }

        /// <summary>Ends when it has used as much of the processor as several pictures take.</summary>
        public async Task HasWorked()
        {
            const int Ticks = 100;
            while (Fields($"/proc/{Id}") is { } fields && long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture) < Ticks)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        public string Shown(string file) => File.ReadAllText($"/proc/{Id}/{file}");

        public async Task Gone()
        {
            while (Fields($"/proc/{Id}") is { } fields && fields[0] != "Z")
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        // The state and the parent, which stand behind the name; null when there is no such process.
        private static string[]? Fields(string folder)
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(folder, "stat"));
                return line[(line.LastIndexOf(')') + 2)..].Split(' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
