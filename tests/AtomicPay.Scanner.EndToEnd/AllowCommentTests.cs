using System.Text;

namespace AtomicPay.Scanner.EndToEnd;

public sealed class AllowCommentTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_key_whose_line_allows_it_is_listed_as_suppressed_and_does_not_fail()
    {
        var (allowed, leaked) = (TestKey.New(), TestKey.New());
        _workspace.Write("a.env", $"KEY={allowed} # atomicpay-scan:allow\n");
        var clean = await PublishedScanner.Scan(_workspace);

        clean.ExitCode.ShouldBe(0);
        clean.Results.ShouldBeEmpty();
        clean.Suppressed.ShouldBe([("a.env", "inSource", "allowed by a comment on its line")]);
        clean.ExecutionSuccessful.ShouldBeTrue();
        clean.Error.ShouldContain("1 allowed");

        _workspace.Write("b.env", $"KEY={leaked}\n");
        (await PublishedScanner.Scan(_workspace)).PathsOf(leaked).ShouldBe(["b.env"]);
    }

    [Fact]
    public async Task The_same_key_on_a_line_without_the_comment_is_reported_there()
    {
        var key = TestKey.New();
        _workspace.Write("a.env", $"KEY={key} # gitleaks:allow\n\nKEY={key}\n");
        _workspace.Write("b.env", $"KEY={key} # gitleaks:allow\n");
        var run = await PublishedScanner.Scan(_workspace);

        run.ExitCode.ShouldBe(1);
        run.PathsOf(key).ShouldBe(["a.env"]);
        var result = run.Results.ShouldHaveSingleItem();
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(3);
        result.GetProperty("properties").GetProperty("otherPlaces").GetInt32().ShouldBe(1, "the allowed line of the same file; what lies in b.env is allowed and told of there");
    }

    [Fact]
    public async Task A_comment_that_was_added_later_holds_for_the_older_versions_of_the_file_and_one_that_was_removed_does_not()
    {
        var (later, removed) = (TestKey.New(), TestKey.New());
        _workspace.NewRepository();
        _workspace.Write("later.env", $"KEY={later}\n");
        _workspace.Write("removed.env", $"KEY={removed} # atomicpay-scan:allow\n");
        _workspace.Commit("add");
        _workspace.Write("later.env", $"# a test key\nKEY={later} # atomicpay-scan:allow\n");
        _workspace.Write("removed.env", $"KEY={removed}\n");
        _workspace.Commit("change");
        foreach (var option in (string[])["--no-worktree", "--no-images"])
        {
            var run = await PublishedScanner.Scan(_workspace, option);

            run.PathsOf(removed).ShouldBe(["removed.env"]);
            run.Results.Length.ShouldBe(1, option);
            run.Suppressed.Select(s => s.Path).ShouldBe(["later.env"]);
        }
    }

    [Fact]
    public async Task What_is_staged_or_brought_by_a_range_may_be_allowed_too()
    {
        _workspace.NewRepository();
        _workspace.Write("README.md", "A shop.\n");
        var first = _workspace.Commit("first");
        _workspace.Write("a.env", $"KEY={TestKey.New()} # atomicpay-scan:allow\n");
        _workspace.Git("add", ".");
        var staged = await PublishedScanner.Scan(_workspace, "--staged");
        staged.ExitCode.ShouldBe(0);
        staged.Suppressed.Length.ShouldBe(1);

        _workspace.Commit("second");
        var range = await PublishedScanner.Scan(_workspace, "--range", $"{first}..HEAD");
        range.ExitCode.ShouldBe(0);
        range.Suppressed.Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_encoded_key_and_one_in_an_archive_are_allowed_by_the_line_that_they_stand_on()
    {
        var (encoded, packed) = (TestKey.New(), TestKey.New());
        _workspace.Write("secret.yaml", $"key: {Convert.ToBase64String(Encoding.UTF8.GetBytes(encoded))} # atomicpay-scan:allow\n");
        _workspace.Write("a.zip", Zipped.Of("inner.env", $"first\nKEY={packed} # atomicpay-scan:allow\n"));
        var run = await PublishedScanner.Scan(_workspace);
        run.ExitCode.ShouldBe(0);
        run.Suppressed.Select(s => s.Path).ShouldBe(["a.zip!/inner.env", "secret.yaml"]);
    }

    [Fact]
    public async Task Comments_allow_nothing_where_that_is_asked_for()
    {
        _workspace.Write("a.env", $"KEY={TestKey.New()} # atomicpay-scan:allow\n");

        (await PublishedScanner.Scan(_workspace, "--no-allow-comments")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_in_a_file_too_large_to_be_read_at_once_is_allowed_wherever_a_window_ends()
    {
        var key = TestKey.New();
        var line = $"KEY={key} # atomicpay-scan:allow\n";
        foreach (var before in (int[])[(4 << 20) - line.Length + 10, (4 << 20) - (64 << 10) - 10, (4 << 20) - 5])
        {
            _workspace.Write("large.txt", new string('.', before - 1) + "\n" + line + new string('.', 100_000));
            var run = await PublishedScanner.Scan(_workspace);

            run.ExitCode.ShouldBe(0, $"{before}");
            run.Suppressed.Length.ShouldBe(1);
        }
    }

    [Fact]
    public async Task People_see_how_many_are_allowed_and_with_verbose_which_and_why()
    {
        _workspace.Write("a.env", $"KEY={TestKey.New()} # atomicpay-scan:allow\n");

        var run = await PublishedScanner.Run(_workspace.Root);
        run.Output.ShouldContain("No leaked key found.");
        run.Output.ShouldContain("Allowed (1)  1 by a comment; --verbose lists what, and why");
        run.Output.ShouldNotContain("a.env");

        var verbose = await PublishedScanner.Run(_workspace.Root, "--verbose");
        verbose.Output.ShouldContain("a.env:1:5");
        verbose.Output.ShouldContain("allowed by a comment on its line");
    }

    [Fact]
    public async Task For_code_scanning_what_is_allowed_is_only_counted()
    {
        _workspace.Write("a.env", $"KEY={TestKey.New()} # atomicpay-scan:allow\n");
        var run = await PublishedScanner.Scan(_workspace, "--no-suppressed");

        run.ExitCode.ShouldBe(0);
        run.Suppressed.ShouldBeEmpty();
        run.Output.ShouldContain("\"suppressed\": 1");
    }

    public void Dispose() => _workspace.Dispose();
}
