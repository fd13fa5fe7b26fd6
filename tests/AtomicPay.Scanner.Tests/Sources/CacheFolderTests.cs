using AtomicPay.Scanner.Sources.Git.Remembered;

namespace AtomicPay.Scanner.Tests.Sources;

public sealed class CacheFolderTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Folder => _workspace.PathOf("cache");

    [Fact]
    public void What_was_not_used_for_longest_is_removed_first()
    {
        var cache = new CacheFolder(Folder, mostBytes: 250);
        cache.Write("old", new byte[100]);
        cache.Write("used", new byte[100]);
        SetAge("old", hours: 2);
        SetAge("used", hours: 3);
        cache.Read("used").ShouldNotBeNull();
        cache.Write("new", new byte[100]);

        cache.Read("old").ShouldBeNull();
        cache.Read("used").ShouldNotBeNull();
        cache.Read("new").ShouldNotBeNull();
    }

    [Fact]
    public void What_an_ended_process_left_half_written_is_removed_after_a_while()
    {
        var cache = new CacheFolder(Folder);
        cache.Write("a", [1]);
        var (left, recent) = (_workspace.Write("cache/.left.tmp", "x"), _workspace.Write("cache/.recent.tmp", "x"));
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-1));
        cache.Write("b", [1]);

        File.Exists(left).ShouldBeFalse();
        File.Exists(recent).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_is_a_link_or_open_to_others_is_not_used()
    {
        var cache = new CacheFolder(Folder);
        cache.Write("a", [1]);
        File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);
        cache.Write("b", [1]);
        cache.Read("a").ShouldBeNull();
        File.Exists(_workspace.PathOf("cache/b.seen")).ShouldBeFalse();

        File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(_workspace.PathOf("link"), Folder);
        new CacheFolder(_workspace.PathOf("link")).Read("a").ShouldBeNull();
        cache.Read("a").ShouldBe([1]);
    }

    [Fact]
    public void A_folder_in_a_files_place_is_left_alone()
    {
        var cache = new CacheFolder(Folder);
        Directory.CreateDirectory(_workspace.PathOf("cache/a.seen/x"));
        cache.Write("a", [1]);

        cache.Read("a").ShouldBeNull();
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public void The_cache_home_of_the_environment_is_used()
    {
        CacheFolder.OfUser(name => name == "XDG_CACHE_HOME" ? Folder : null).ShouldNotBeNull().Write("a", [1]);
        File.Exists(_workspace.PathOf("cache/atomicpay-scan/a.seen")).ShouldBeTrue();
    }

    public void Dispose() => _workspace.Dispose();

    private void SetAge(string name, int hours) => File.SetLastWriteTimeUtc(_workspace.PathOf($"cache/{name}.seen"), DateTime.UtcNow.AddHours(-hours));
}
