using System.Net.Sockets;

namespace AtomicPay.Scanner.EndToEnd;

/// <summary>Bad input is normal input: one clear sentence each, nothing else lost, never exit 0.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_path_that_does_not_exist_is_said_and_hides_nothing_elsewhere()
    {
        var key = TestKey.New();
        _workspace.Write("here.txt", key);
        var run = await PublishedScanner.Scan(_workspace, "gone", "here.txt");

        run.PathsOf(key).ShouldBe(["here.txt"]);
        run.NotScanned.Single().ShouldContain("gone");
        run.NotScanned.Single().ShouldContain("does not exist");
        run.ExecutionSuccessful.ShouldBeFalse();
        run.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_exits_2_without_a_leak()
    {
        (await PublishedScanner.Scan(_workspace, "gone")).ExitCode.ShouldBe(2);
        (await PublishedScanner.Scan(_workspace, "gone", "--allow-incomplete")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_said()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc/self/mem refuses to be read at its start, for root too.");
        var run = await PublishedScanner.Scan(_workspace, "/proc/self/mem");

        run.NotScanned.Single().ShouldContain("cannot be read");
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_listed_is_said()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may list every folder.");
        var folder = Directory.CreateDirectory(_workspace.PathOf("closed"));
        folder.UnixFileMode = UnixFileMode.None;
        var run = await PublishedScanner.Scan(_workspace);
        folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        run.NotScanned.Single().ShouldContain("permission denied");
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_socket_and_a_pipe_are_said_and_never_waited_for()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_workspace.PathOf("server.sock")));
        await CliWrap.Cli.Wrap("mkfifo").WithArguments([_workspace.PathOf("pipe")]).ExecuteAsync(TestContext.Current.CancellationToken);

        var inFolder = await PublishedScanner.Scan(_workspace);
        inFolder.NotScanned.Length.ShouldBe(2);
        inFolder.NotScanned.ShouldAllBe(s => s.Contains("is a socket, pipe or device"));
        inFolder.ExitCode.ShouldBe(2);

        var named = await PublishedScanner.Scan(_workspace, "server.sock", "pipe");
        named.NotScanned.Length.ShouldBe(2);
        named.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_dangling_link_is_said_and_its_text_is_scanned()
    {
        var key = TestKey.New();
        File.CreateSymbolicLink(_workspace.PathOf("link"), $"nowhere/{key}");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["link"]);
        run.NotScanned.Single().ShouldContain("leads nowhere");
    }

    [Fact]
    public async Task A_loop_of_links_ends()
    {
        var key = TestKey.New();
        _workspace.Write("a/key.txt", key);
        Directory.CreateSymbolicLink(_workspace.PathOf("a/loop"), _workspace.PathOf("a"));
        Directory.CreateSymbolicLink(_workspace.PathOf("a/up"), "..");
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["a/key.txt"]);
        run.NotScanned.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_is_no_repository_has_no_history_to_scan()
    {
        var run = await PublishedScanner.Scan(_workspace, "--no-worktree");

        run.NotScanned.Single().ShouldContain("is not a git repository");
        run.ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData(".git")]
    [InlineData(".git/config")]
    [InlineData(".git/packed-refs")]
    [InlineData(".git/HEAD")]
    public async Task A_pipe_in_the_place_of_one_of_gits_files_is_never_waited_for(string path)
    {
        var key = TestKey.New();
        if (path != ".git")
        {
            _workspace.NewRepository();
            File.Delete(_workspace.PathOf(path));
        }

        _workspace.Write("a.txt", key);
        await CliWrap.Cli.Wrap("mkfifo").WithArguments([_workspace.PathOf(path)]).ExecuteAsync(TestContext.Current.CancellationToken);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task A_work_tree_whose_repository_is_gone_is_said()
    {
        _workspace.Write(".git", "gitdir: ../gone/.git/worktrees/x\n");
        var run = await PublishedScanner.Scan(_workspace);

        run.NotScanned.Single().ShouldContain("names a repository that is not there");
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_damaged_object_hides_nothing_else()
    {
        var key = TestKey.New();
        _workspace.NewRepository();
        _workspace.Write("a.txt", "a");
        _workspace.Commit("a");
        _workspace.Write("b.txt", key);
        _workspace.Commit("b");
        _workspace.Write("b.txt", "");
        _workspace.Commit("c");
        var damaged = _workspace.Git("rev-parse", "HEAD:a.txt");
        var file = _workspace.PathOf($".git/objects/{damaged[..2]}/{damaged[2..]}");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(file, [1, 2, 3, 4], TestContext.Current.CancellationToken);
        var run = await PublishedScanner.Scan(_workspace);

        run.PathsOf(key).ShouldBe(["b.txt"]);
        run.NotScanned.ShouldContain(s => s.Contains(damaged));
        run.ExecutionSuccessful.ShouldBeFalse();
    }

    public void Dispose() => _workspace.Dispose();
}
