using AtomicPay.Scanner.Tests.Images;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class PictureTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public PictureTests() => Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_key_in_a_screenshot_is_reported_exactly_with_its_place_and_confidence()
    {
        var key = DrawnPicture.Key(seed: 31);
        _workspace.Write("docs/setup.png", DrawnPicture.Screen($"ATOMICPAY_API_KEY={key}"));

        var run = await PublishedScanner.Scan(_workspace, ".");

        run.ExitCode.ShouldBe(1);
        run.PathsOf(key).ShouldBe(["docs/setup.png"]);
        var properties = run.PropertiesOf(key);
        properties.GetProperty("confidence").GetDouble().ShouldBeInRange(0.9, 1);
        properties.GetProperty("candidates").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_key_in_the_text_of_one_file_and_a_picture_of_another_is_one_key()
    {
        var key = DrawnPicture.Key(seed: 32);
        _workspace.Write("docs/setup.png", DrawnPicture.Screen($"ATOMICPAY_API_KEY={key}"));
        _workspace.Write("deploy/.env", $"ATOMICPAY_API_KEY={key}\n");

        (await PublishedScanner.Scan(_workspace, ".")).PathsOf(key).ShouldBe(["deploy/.env", "docs/setup.png"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_reads_pictures_is_loaded_for_pictures_only_and_missed_only_then()
    {
        var tool = _workspace.PathOf("tool");
        Directory.CreateDirectory(tool);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(PublishedScanner.Binary)!).Where(static file => !file.Contains("onnxruntime", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(tool, Path.GetFileName(file)));
        }

        _workspace.Write("text/settings.env", $"KEY={TestKey.New()}\n");
        _workspace.Write("pictures/setup.png", DrawnPicture.Screen($"ATOMICPAY_API_KEY={DrawnPicture.Key(seed: 33)}"));

        (await Run("text")).ExitCode.ShouldBe(1);
        var run = await Run("pictures");
        run.ExitCode.ShouldBe(2);
        (run.StandardOutput + run.StandardError).ShouldContain("onnxruntime");

        Task<BufferedCommandResult> Run(string folder) => CliWrap.Cli.Wrap(Path.Combine(tool, "atomicpay-scan"))
            .WithArguments([folder, "--no-cache"]).WithWorkingDirectory(_workspace.Root).WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
    }
}
