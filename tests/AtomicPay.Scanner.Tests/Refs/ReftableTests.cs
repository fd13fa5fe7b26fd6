using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Refs;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Refs;

public sealed class ReftableTests : IDisposable
{
    private static readonly string Fixture = Path.Join(Checkout.Root, "testdata/repos/reftable");

    private readonly Workspace _workspace = new();

    [Fact]
    public void Refs_are_those_that_git_lists()
    {
        var stack = ReftableStack.Read(Fixture)!;

        stack.Damage.ShouldBeEmpty();
        var expected = File.ReadAllLines(Path.Join(Fixture, "refs.txt")).Where(line => !line.EndsWith(" refs/remotes/origin/HEAD", StringComparison.Ordinal));
        stack.Refs.Where(r => r.Value.Id is not null).Select(r => $"{r.Value.Id} {r.Key}").ShouldBe(expected);
        stack.Refs["refs/remotes/origin/HEAD"].Target.ShouldBe("refs/heads/main");
        stack.Refs["HEAD"].Target.ShouldBe("refs/heads/other");
        stack.Refs.Keys.ShouldNotContain("refs/heads/team/topic-7", "it was deleted in the later table");
    }

    [Fact]
    public void Logs_are_those_that_git_shows()
    {
        var stack = ReftableStack.Read(Fixture)!;
        var expected = File.ReadAllLines(Path.Join(Fixture, "log.txt")).Select(line => line.Split(' ', 3)).ToLookup(l => l[1], l => $"{l[0]} {l[2]}");

        expected.Count.ShouldBe(4);
        foreach (var log in expected)
        {
            stack.Log.Where(l => l.Name == log.Key).Reverse().Select(l => $"{l.Entry.After} {l.Entry.Message.TrimEnd()}").ShouldBe(log, log.Key);
        }

        stack.Log.ShouldAllBe(l => l.Entry.Person == "A <a@example.com>");
    }

    [Fact]
    public void Any_byte_of_a_table_may_be_wrong()
    {
        var tables = Directory.GetFiles(Path.Join(Fixture, "reftable"), "*.ref").Select(File.ReadAllBytes).ToList();
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, int.MaxValue], Gen.Byte[1, 255], Gen.Bool).Sample((table, at, flip, isCut) =>
        {
            var bytes = (byte[])tables[table].Clone();
            at %= bytes.Length;
            bytes[at] ^= flip;
            try
            {
                Reftable.Parse(isCut ? bytes[..at] : bytes);
            }
            catch (InvalidDataException)
            {
                // Told as damaged, which is right; any other exception fails the test.
            }
        });
    }

    [Fact]
    public void A_damaged_table_is_told_and_nothing_is_called_unreachable()
    {
        foreach (var file in Directory.GetFiles(Path.Join(Fixture, "reftable")))
        {
            _workspace.Write($"reftable/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }

        var last = Directory.GetFiles(_workspace.PathOf("reftable"), "*.ref").Order(StringComparer.Ordinal).Last();
        File.WriteAllBytes(last, File.ReadAllBytes(last)[..100]);
        var references = References.Read(new RepositoryLocation(_workspace.Root, _workspace.Root, ""));

        references.Damage.ShouldHaveSingleItem().Reason.ShouldBe("it is damaged");
        references.AreKnown.ShouldBeFalse();
        references.Names.ShouldContain("refs/heads/team/topic-1");
    }

    [Fact]
    public void One_ref_is_looked_up_without_its_folder()
    {
        var refs = new RefLookup(new RepositoryLocation(Fixture, Fixture, ""));

        refs.TargetOf("HEAD").ShouldBe("refs/heads/other");
        refs.Resolve("HEAD").ShouldBe(refs.Resolve("refs/heads/other"));
        refs.Resolve("refs/remotes/origin/HEAD").ShouldBe(ObjectId.Parse(File.ReadLines(Path.Join(Fixture, "refs.txt")).Single(l => l.EndsWith(" refs/heads/main", StringComparison.Ordinal)).Split(' ')[0]));
        refs.Resolve("refs/heads/team/topic-7").ShouldBeNull();
        refs.LogOf("HEAD").Count.ShouldBe(5);
    }

    public void Dispose() => _workspace.Dispose();
}
