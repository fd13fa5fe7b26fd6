using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Packs;
using AtomicPay.Scanner.Sources.Git.Refs;
using AtomicPay.Scanner.Tests.Packs;
using LibGit2Sharp;

namespace AtomicPay.Scanner.Tests.Refs;

public sealed class RevisionsTests
{
    private static readonly string[] Names =
    [
        "HEAD", "@", "main", "heads/main", "refs/heads/main", "v1", "tags/v1", "v1^{}", "v1^{commit}", "v1^{tag}", "v1^{tree}", "twice", "light",
        "origin/main", "origin", "remotes/origin/main", "topic", "main~", "main~1", "main~3", "main~~^", "main^0", "merge^1", "merge^2", "merge^3", "merge^2~1",
        "main~100", "v1~2", "twice~1^0", "@{u}", "@{upstream}", "main@{u}", "topic@{u}", "@{0}", "HEAD@{1}", "HEAD@{2}", "main@{1}", "@{-1}", "no-such", "",
        "deadbeef", "../../HEAD", "main/", "main^{tree}", "packed", "dir/branch", "v1-3-gMAIN", "MAIN", "MAIN8", "MAIN4~1", "FETCH_HEAD",
        "beef", "sym", "main^^", "-", "main ", ".", "HEAD^0~2^0",
    ];

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Names_lead_to_the_commits_that_git_says(string format)
    {
        using var workspace = MakeRepository(format);
        var location = RepositoryLocation.At(workspace.Root, "")!;
        using var objects = new ObjectReader(location.ObjectsPath, location.HashSize!.Value);
        var revisions = new Revisions(location, objects);
        var main = workspace.Git("rev-parse", "main");
        foreach (var name in Names.Select(n => n.Replace("MAIN8", main[..8]).Replace("MAIN4", main[..12]).Replace("MAIN", main)))
        {
            (revisions.FindCommit(name)?.ToString() ?? "").ShouldBe(await RevParse(workspace, name), name);
        }
    }

    [Fact]
    public void Names_lead_to_the_commits_that_libgit2_says()
    {
        using var workspace = MakeRepository("sha1");
        var location = RepositoryLocation.At(workspace.Root, "")!;
        using var objects = new ObjectReader(location.ObjectsPath, ObjectFormat.Sha1Bytes);
        using var repository = new Repository(workspace.Root);
        var revisions = new Revisions(location, objects);
        foreach (var name in (string[])["HEAD", "main~2", "merge^2", "v1", "twice^{}", "light~1", "origin/main", "@{u}", "main@{1}", "@{-1}", "packed", "no-such"])
        {
            (revisions.FindCommit(name)?.ToString()).ShouldBe(repository.Lookup(name)?.Peel<Commit>()?.Sha, name);
        }

        var references = References.Read(location).Refs.ToDictionary(r => r.Name, r => r.Id.ToString());
        references.ShouldBe(repository.Refs.OfType<DirectReference>().ToDictionary(r => r.CanonicalName, r => r.TargetIdentifier), ignoreOrder: true);
    }

    [Theory]
    [InlineData("main@{yesterday}")]
    [InlineData("main^{/fix}")]
    [InlineData("main^@")]
    [InlineData("main^!")]
    public void A_form_that_searches_or_means_several_commits_is_refused_with_a_sentence(string name)
    {
        using var workspace = MakeRepository("sha1");
        var location = RepositoryLocation.At(workspace.Root, "")!;
        using var objects = new ObjectReader(location.ObjectsPath, ObjectFormat.Sha1Bytes);

        Should.Throw<UnknownRevisionException>(() => new Revisions(location, objects).FindCommit(name)).Message.ShouldContain("write a branch, a tag or an id");
    }

    [Fact]
    public async Task The_beginning_of_several_ids_is_told_and_of_one_commit_and_a_blob_is_the_commit()
    {
        using var repository = await GitRepository.Create();
        await repository.Import(commits: 400, seed: 3);
        var commits = (await repository.List()).Where(o => o.Contains(" commit ", StringComparison.Ordinal)).Select(o => o[..40]).ToList();
        var all = (await repository.List()).Select(o => o[..40]).ToList();
        var location = new RepositoryLocation(repository.Folder, repository.Folder, "");
        using var objects = new ObjectReader(location.ObjectsPath, ObjectFormat.Sha1Bytes);
        var revisions = new Revisions(location, objects);

        var several = commits.GroupBy(c => c[..4]).FirstOrDefault(g => g.Count() > 1);
        if (several is not null)
        {
            Should.Throw<UnknownRevisionException>(() => revisions.FindCommit(several.Key)).Message.ShouldContain("several ids");
        }

        foreach (var one in commits.Where(c => commits.Count(o => o.StartsWith(c[..4], StringComparison.Ordinal)) == 1).Take(50))
        {
            (revisions.FindCommit(one[..4])?.ToString()).ShouldBe(one);
        }

        objects.FindByPrefix(all[0][..2]).Select(id => id.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe(all.Where(o => o.StartsWith(all[0][..2], StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static Workspace MakeRepository(string format)
    {
        var workspace = new Workspace();
        workspace.Git("init", "--quiet", "--initial-branch=main", $"--object-format={format}");
        workspace.Commit("1");
        workspace.Commit("2");
        workspace.Git("branch", "topic");
        workspace.Commit("3");
        workspace.Git("tag", "--annotate", "v1", "--message", "v1");
        workspace.Git("tag", "--annotate", "twice", "--message", "twice", "v1");
        workspace.Git("tag", "light", "HEAD~1");
        workspace.Git("branch", "packed", "HEAD~1");
        workspace.Git("branch", "dir/branch");
        workspace.Git("update-ref", "refs/remotes/origin/main", "HEAD~1");
        workspace.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
        workspace.Git("symbolic-ref", "refs/heads/sym", "refs/heads/topic");
        workspace.Git("config", "remote.origin.url", "/nowhere");
        workspace.Git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
        workspace.Git("config", "branch.main.remote", "origin");
        workspace.Git("config", "branch.main.merge", "refs/heads/main");
        workspace.Git("config", "branch.topic.remote", ".");
        workspace.Git("config", "branch.topic.merge", "refs/heads/main");
        workspace.Git("pack-refs", "--all");
        workspace.Git("switch", "--quiet", "topic");
        workspace.Commit("on topic");
        workspace.Git("switch", "--quiet", "main");
        workspace.Git("merge", "--quiet", "--no-ff", "--message", "merge", "topic");
        workspace.Git("branch", "merge");
        workspace.Commit("after");
        workspace.Git("repack", "-adq");
        workspace.Commit("loose");
        workspace.Git("fetch", "--quiet", ".", "topic");
        return workspace;
    }

    private static async Task<string> RevParse(Workspace workspace, string name)
    {
        var result = await CliWrap.Buffered.BufferedCommandExtensions.ExecuteBufferedAsync(CliWrap.Cli.Wrap("git")
            .WithArguments(["rev-parse", "--quiet", "--verify", "--end-of-options", name + "^{commit}"])
            .WithWorkingDirectory(workspace.Root)
            .WithValidation(CliWrap.CommandResultValidation.None));
        return result.ExitCode == 0 ? result.StandardOutput.Trim() : "";
    }
}
