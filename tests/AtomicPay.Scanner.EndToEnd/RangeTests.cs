namespace AtomicPay.Scanner.EndToEnd;

public sealed class RangeTests : IDisposable
{
    private static readonly string Zeros = new('0', 40);

    private readonly Workspace _workspace = new();
    private readonly string _base;

    public RangeTests()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        _base = _workspace.Commit("first");
    }

    [Fact]
    public async Task A_key_that_one_commit_added_and_the_next_removed_is_leaked()
    {
        var key = TestKey.New();
        _workspace.Write("src/a.env", $"# settings\nKEY={key}\n");
        var added = _workspace.Commit("add");
        _workspace.Write("src/a.env", "# settings\nKEY=\n");
        var removed = _workspace.Commit("remove");
        var run = await Range($"{_base}..HEAD");

        run.ExitCode.ShouldBe(1);
        run.PathsOf(key).ShouldBe(["src/a.env"]);
        var properties = run.PropertiesOf(key);
        properties.GetProperty("origin").GetString().ShouldBe("history");
        properties.GetProperty("commit").GetString().ShouldBe(added);
        properties.GetProperty("removedIn").GetString().ShouldBe(removed);
        properties.GetProperty("inHead").GetBoolean().ShouldBeFalse();
        run.Output.ShouldContain("atomicpay-scanner/range/");
    }

    [Fact]
    public async Task A_key_that_the_end_of_the_range_holds_is_in_its_head_whatever_is_checked_out()
    {
        var key = TestKey.New();
        _workspace.Git("switch", "--quiet", "--create", "topic");
        _workspace.Write("a.env", key);
        var added = _workspace.Commit("add");
        _workspace.Write("a.env", $"{key}\nmore\n");
        _workspace.Commit("more");
        _workspace.Git("switch", "--quiet", "main");
        var run = await Range("main..topic");

        run.Results.Length.ShouldBe(1);
        run.PropertiesOf(key).GetProperty("commit").GetString().ShouldBe(added);
        run.PropertiesOf(key).GetProperty("inHead").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Neither_what_the_base_has_nor_what_the_work_tree_has_is_scanned()
    {
        var old = TestKey.New();
        _workspace.Write("old.env", $"KEY={old}\n");
        var from = _workspace.Commit("old");
        _workspace.Write("old.env", $"# edited\nKEY={old}\n");
        _workspace.Commit("edit");
        _workspace.Git("mv", "old.env", "moved.env");
        _workspace.Commit("move");
        _workspace.Write("work.env", TestKey.New());
        var run = await Range($"{from}..HEAD");

        run.Results.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_the_range_brought_is_followed_to_where_the_range_moved_it()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", $"KEY={key}\n");
        _workspace.Commit("add");
        _workspace.Git("mv", "a.env", "b.env");
        var moved = _workspace.Commit("move");
        var run = await Range($"{_base}..HEAD");

        run.PathsOf(key).ShouldBe(["a.env", "b.env"], ignoreOrder: true);
        var there = run.Results.Single(r => r.GetProperty("properties").GetProperty("inHead").GetBoolean()).GetProperty("properties");
        there.GetProperty("commit").GetString().ShouldBe(moved);
    }

    [Fact]
    public async Task What_only_a_merge_brought_is_found_and_what_it_merged_in_from_the_base_is_not()
    {
        var (onMain, inMerge) = (TestKey.New(), TestKey.New());
        _workspace.Git("switch", "--quiet", "--create", "topic");
        _workspace.Write("topic.txt", "topic");
        _workspace.Commit("topic");
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Write("main.env", onMain);
        _workspace.Commit("main");
        _workspace.Git("switch", "--quiet", "topic");
        _workspace.Git("merge", "--quiet", "--no-commit", "--no-ff", "main");
        _workspace.Write("evil.env", inMerge);
        var merge = _workspace.Commit("merge main");
        var run = await Range("main..topic");

        run.PathsOf(inMerge).ShouldBe(["evil.env"]);
        run.PropertiesOf(inMerge).GetProperty("commit").GetString().ShouldBe(merge);
        run.PathsOf(onMain).ShouldBeEmpty();
    }

    [Fact]
    public async Task Three_dots_start_at_the_merge_base()
    {
        var (onTopic, onMain) = (TestKey.New(), TestKey.New());
        _workspace.Git("switch", "--quiet", "--create", "topic");
        _workspace.Write("topic.env", onTopic);
        _workspace.Commit("topic");
        _workspace.Git("switch", "--quiet", "main");
        _workspace.Write("main.env", onMain);
        _workspace.Commit("main");
        var run = await Range("main...topic");

        run.PathsOf(onTopic).ShouldBe(["topic.env"]);
        run.Results.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Messages_authors_and_tags_of_the_range_are_scanned_and_those_before_it_are_not()
    {
        var (before, inMessage, inAuthor, inTag) = (TestKey.New(), TestKey.New(), TestKey.New(), TestKey.New());
        _workspace.Commit($"old {before}");
        _workspace.Git("tag", "--annotate", "v1", "--message", $"old {TestKey.New()}");
        var from = _workspace.Git("rev-parse", "HEAD");
        var commit = _workspace.Commit($"use the new key\n\n{inMessage}");
        _workspace.Git("commit", "--quiet", "--allow-empty", "--author", $"Bot <{inAuthor}@example.com>", "--message", "x");
        _workspace.Git("tag", "--annotate", "v2", "--message", $"key is {inTag}");
        var run = await Range($"{from}..HEAD");

        run.Results.Length.ShouldBe(3);
        run.PropertiesOf(inMessage).GetProperty("origin").GetString().ShouldBe("commit-message");
        run.PropertiesOf(inMessage).GetProperty("commit").GetString().ShouldBe(commit);
        run.PropertiesOf(inAuthor).GetProperty("origin").GetString().ShouldBe("commit-message");
        run.PropertiesOf(inTag).GetProperty("origin").GetString().ShouldBe("tag-message");
    }

    [Fact]
    public async Task A_name_that_a_commit_of_the_range_brings_is_scanned()
    {
        var key = TestKey.New();
        _workspace.Write($"dump-{key}/a.txt", "a");
        var added = _workspace.Commit("add");
        Directory.Delete(_workspace.PathOf($"dump-{key}"), recursive: true);
        _workspace.Commit("remove");
        var run = await Range($"{_base}..HEAD");

        run.PropertiesOf(key).GetProperty("origin").GetString().ShouldBe("file-name");
        run.PropertiesOf(key).GetProperty("commit").GetString().ShouldBe(added);
        run.PropertiesOf(key).GetProperty("inHead").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_branch_brings_what_no_other_remote_branch_has()
    {
        var (onMain, onTopic) = (TestKey.New(), TestKey.New());
        _workspace.Write("main.env", onMain);
        _workspace.Commit("main");
        _workspace.Git("update-ref", "refs/remotes/origin/main", "HEAD");
        _workspace.Git("switch", "--quiet", "--create", "topic");
        _workspace.Write("topic.env", onTopic);
        _workspace.Commit("topic");

        // Before the push; after it, on the branch; and after it on a checkout of the bare commit, as CI makes one.
        (await Range($"{Zeros}..HEAD")).PathsOf(onTopic).ShouldBe(["topic.env"]);
        _workspace.Git("update-ref", "refs/remotes/origin/topic", "HEAD");
        (await Range($"{Zeros}..topic")).PathsOf(onTopic).ShouldBe(["topic.env"]);
        _workspace.Git("switch", "--quiet", "--detach");
        var run = await Range($"{Zeros}..HEAD");
        run.PathsOf(onTopic).ShouldBe(["topic.env"]);
        run.PathsOf(onMain).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_push_of_a_repository_brings_everything_and_a_deleted_branch_nothing()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        _workspace.Commit("add");

        (await Range($"{Zeros}..HEAD")).PathsOf(key).ShouldBe(["a.env"]);
        (await Range($"{_base}..{Zeros}")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_shallow_clone_that_lacks_the_base_is_never_green()
    {
        _workspace.Write("a.txt", "a");
        _workspace.Commit("a");
        _workspace.Write("b.txt", "b");
        _workspace.Commit("b");
        _workspace.Git("clone", "--quiet", "--depth", "1", $"file://{_workspace.Root}", "shallow");
        var run = await PublishedScanner.Run(_workspace.PathOf("shallow"), "--report", "sarif", "--range", $"{_base}..HEAD");

        run.NotScanned.ShouldContain(s => s.Contains("shallow") && s.Contains(_base) && s.Contains("fetch"));
        run.ExecutionSuccessful.ShouldBeFalse();
        run.ExitCode.ShouldBe(2);

        var byName = await PublishedScanner.Run(_workspace.PathOf("shallow"), "--range", "no-such..HEAD");
        byName.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_shallow_clone_that_has_the_whole_range_is_complete_and_one_that_lacks_a_parent_is_not()
    {
        for (var i = 0; i < 4; i++)
        {
            _workspace.Write("a.txt", $"{i}");
            _workspace.Commit($"{i}");
        }

        _workspace.Git("clone", "--quiet", "--depth", "3", $"file://{_workspace.Root}", "shallow");
        var shallow = _workspace.PathOf("shallow");

        (await PublishedScanner.Run(shallow, "--report", "sarif", "--range", "HEAD~2..HEAD")).ExitCode.ShouldBe(0);
        Workspace.GitIn(shallow, "switch", "--quiet", "--orphan", "other");
        Workspace.GitIn(shallow, "commit", "--quiet", "--allow-empty", "--message", "other");
        var run = await PublishedScanner.Run(shallow, "--report", "sarif", "--range", "other..main");
        run.NotScanned.ShouldContain(s => s.Contains("lacks the parents of commit"));
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_blob_that_a_partial_clone_left_out_is_said_and_never_fetched()
    {
        _workspace.Write("a.txt", "a");
        _workspace.Commit("a");
        _workspace.Write("a.txt", "b");
        _workspace.Commit("b");
        _workspace.Git("config", "uploadpack.allowFilter", "true");
        _workspace.Git("clone", "--quiet", "--filter=blob:none", "--no-checkout", $"file://{_workspace.Root}", "partial");
        var run = await PublishedScanner.Run(_workspace.PathOf("partial"), "--report", "sarif", "--range", $"{_base}..HEAD");

        run.NotScanned.Length.ShouldBe(2);
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_range_of_a_bare_repository_is_scanned()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", key);
        _workspace.Commit("add");
        _workspace.Git("clone", "--quiet", "--bare", ".", "bare.git");

        (await PublishedScanner.Scan(_workspace, "--range", $"{_base}..main", "bare.git")).PathsOf(key).ShouldBe(["a.env"]);
    }

    [Fact]
    public async Task A_range_that_is_empty_is_clean()
    {
        (await Range("HEAD..HEAD")).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("HEAD", "--range BASE..HEAD")]
    [InlineData("..HEAD", "lacks one")]
    [InlineData("main..", "lacks one")]
    [InlineData("a..b..c", "lacks one")]
    [InlineData("no-such-branch..HEAD", "no-such-branch")]
    [InlineData("HEAD..no-such-branch", "no-such-branch")]
    [InlineData("main..HEAD:README.md", "HEAD:README.md")]
    [InlineData("0123456789012345678901234567890123456789..HEAD", "0123456789012345678901234567890123456789")]
    public async Task A_range_that_does_not_resolve_exits_2_with_a_sentence(string range, string said)
    {
        var run = await PublishedScanner.Run(_workspace.Root, "--range", range, "--allow-incomplete");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith("atomicpay-scan: ");
        run.Error.ShouldContain(said);
    }

    [Fact]
    public async Task Nothing_that_the_repository_configures_is_run()
    {
        var trap = _workspace.Write("trap.sh", $"#!/bin/sh\ntouch '{_workspace.PathOf("sprung")}'\ncat\n");
        File.SetUnixFileMode(trap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _workspace.Write(".gitattributes", "* diff=trap filter=trap\n");
        _workspace.Write("a.txt", "a");
        _workspace.Commit("add");
        foreach (var setting in (string[])["core.fsmonitor", "diff.trap.textconv", "diff.external", "filter.trap.smudge", "filter.trap.clean", "core.sshCommand"])
        {
            _workspace.Git("config", setting, trap);
        }

        File.Delete(_workspace.PathOf("sprung"));
        await Range($"{_base}..HEAD");
        await PublishedScanner.Scan(_workspace, "--staged");

        File.Exists(_workspace.PathOf("sprung")).ShouldBeFalse();
    }

    public void Dispose() => _workspace.Dispose();

    private Task<ScannerRun> Range(string range) => PublishedScanner.Scan(_workspace, "--range", range);
}
