using System.Text;
using System.Text.RegularExpressions;
using AtomicPay.Scanner.Tests.Images;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The three people that the scanner is for, from the first command to the last.</summary>
public sealed partial class StoryTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_developer_who_commits_is_stopped_told_what_to_do_and_let_through()
    {
        _workspace.NewRepository();
        (await PublishedScanner.Run(_workspace.Root, "hook", "install")).ExitCode.ShouldBe(0);
        var key = TestKey.New();
        _workspace.Write("deploy/.env", $"ATOMICPAY_API_KEY={key}\n");
        _workspace.Git("add", "--all");
        var refused = await Shell("git commit --message configure");

        refused.ExitCode.ShouldNotBe(0);
        refused.Output.ShouldContain("deploy/.env:1:19  staged for the next commit");
        refused.Output.ShouldNotContain(key);
        refused.Output.Split('\n').ShouldAllBe(line => line.Length <= 100);

        // The command that the message names, typed as it stands there.
        var unstage = UnstageCommand().Match(refused.Output.ReplaceLineEndings(" ")).Groups[1].Value;
        unstage.ShouldBe("git reset -q -- deploy/.env");
        (await Shell(unstage)).ExitCode.ShouldBe(0);
        _workspace.Write("deploy/.env", "# read from the environment\n");
        (await Shell("git add --all && git commit --quiet --message configure")).ExitCode.ShouldBe(0);

        // An example for the docs, which may stay.
        _workspace.Write("docs/example.md", $"`{TestKey.New()}` <!-- atomicpay-scan:allow -->\n");
        (await Shell("git add --all && git commit --quiet --message docs")).ExitCode.ShouldBe(0);

        // What was staged once lies in the object database until git throws it away; nobody gets it with a push.
        (await PublishedScanner.Scan(_workspace)).Results.ShouldAllBe(result => result.GetProperty("properties").GetProperty("origin").GetString() == "unreachable");
    }

    [Fact]
    public async Task A_reviewer_on_GitHub_sees_the_key_that_a_pull_request_brought_and_took_out_again()
    {
        using var github = new GitHubWorkflow();
        github.Commit("readme.txt", "hello\n");
        github.Push("main");
        github.Branch("topic");
        var key = TestKey.New();
        github.Commit("src/pay.js", $"const key = \"{key}\";\n");
        var run = await github.PullRequest(github.Commit("src/pay.js", "const key = process.env.ATOMICPAY_API_KEY;\n"));

        run.ShouldFind(key);
        run.Annotations.ShouldContain("::error title=");
        run.Summary.ShouldContain("1 leaked AtomicPay key");
        run.Summary.ShouldContain("src/pay.js");
        run.Sarif.ShouldNotBeNull().ShouldContain("partialFingerprints");
        (run.Annotations + run.Summary + run.Sarif + run.Log).ShouldNotContain(key);

        // The author puts it right: a new branch without the commit.
        github.Git("checkout", "--quiet", "main");
        github.Branch("topic-again");
        (await github.PullRequest(github.Commit("src/pay.js", "const key = process.env.ATOMICPAY_API_KEY;\n"))).ShouldFind();
    }

    [Fact]
    public async Task Somebody_with_a_folder_of_screenshots_gets_a_page_to_read_and_copies_to_share()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        _workspace.Write("Screenshots/dashboard.png", DrawnPicture.Screen($"API key: {DrawnPicture.Key(seed: 31)}"));
        _workspace.Write("Screenshots/terminal.png", DrawnPicture.Screen($"export ATOMICPAY_API_KEY={DrawnPicture.Key(seed: 32)}", dark: true));
        _workspace.Write("Screenshots/holiday.png", DrawnPicture.Screen("nothing but a nice view"));
        _workspace.Write("Screenshots/notes.txt", "buy milk\n");
        var page = _workspace.PathOf("report.html");
        (await PublishedScanner.Run(_workspace.Root, "Screenshots", "--report", $"html={page}")).ExitCode.ShouldBe(1);

        using (var browser = new Browser())
        {
            browser.Open(page, 1280, 900, dark: false);
            browser.Title.ShouldBe("2 leaked keys · AtomicPay.Scanner");
            browser.Text.ShouldContain("dashboard.png");
            browser.Text.ShouldContain("terminal.png");
            browser.Evaluate<long>("return [...document.images].filter(i => i.naturalWidth > 0).length").ShouldBe(2);
        }

        var redacted = await PublishedScanner.Run(_workspace.Root, "redact", "Screenshots", "-o", "shareable");
        redacted.ExitCode.ShouldBe(0, redacted.Error);
        redacted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "shareable/dashboard.png: 1 key covered, the copy is clean",
            "shareable/holiday.png: no key found, the copy is clean",
            "shareable/terminal.png: 1 key covered, the copy is clean",
        ]);
        (await PublishedScanner.Scan(_workspace, "shareable")).ExitCode.ShouldBe(0);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<ScannerRun> Shell(string command)
    {
        var result = await CliWrap.Cli.Wrap("/bin/sh").WithArguments(["-c", $"{{ {command}; }} 2>&1"]).WithWorkingDirectory(_workspace.Root)
            .WithEnvironmentVariables(variables => variables
                .Set("GIT_CONFIG_GLOBAL", "/dev/null")
                .Set("GIT_AUTHOR_NAME", "A Developer").Set("GIT_AUTHOR_EMAIL", "developer@example.com")
                .Set("GIT_COMMITTER_NAME", "A Developer").Set("GIT_COMMITTER_EMAIL", "developer@example.com"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Encoding.UTF8, TestContext.Current.CancellationToken);
        return new ScannerRun(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    [GeneratedRegex(@"Unstage it: (.+?)\. Read")]
    private static partial Regex UnstageCommand();
}
