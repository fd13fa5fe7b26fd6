using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

public sealed class ObjectCacheTests
{
    private readonly BufferPool _pool = new();
    private readonly ObjectCache _cache = new(16 * 1024);

    [Fact]
    public void The_oldest_are_dropped_for_new_ones()
    {
        for (var entry = 0; entry < 40; entry++)
        {
            using var made = Make(500);
            _cache.Add(entry, made);
        }

        _cache.Find(0).ShouldBeNull();
        using var last = _cache.Find(39);
        last.ShouldNotBeNull().Length.ShouldBe(500);
        Enumerable.Range(0, 40).Count(entry => IsHere(entry)).ShouldBe(16 * 1024 / _pool.Rent(500).Length);
    }

    [Fact]
    public void An_object_that_would_drive_out_most_others_is_not_kept()
    {
        using var large = Make(8000);
        _cache.Add(1, large);
        _cache.Find(1).ShouldBeNull();
    }

    [Fact]
    public void Bytes_are_used_again_only_when_nobody_uses_them()
    {
        using var made = Make(500);
        _cache.Add(1, made);
        using (var other = _cache.Find(1).ShouldNotBeNull())
        {
            for (var entry = 2; entry < 40; entry++)
            {
                using var next = Make(500);
                next.Bytes.ShouldNotBeSameAs(made.Bytes);
                _cache.Add(entry, next);
            }
        }

        var bytes = made.Bytes;
        made.Dispose();
        _pool.Rent(500).ShouldBeSameAs(bytes);
        made.Share();
    }

    private bool IsHere(int entry)
    {
        using var found = _cache.Find(entry);
        return found is not null;
    }

    private LoadedObject Make(int size) => new(_pool, _pool.Rent(size), size, GitObjectKind.Blob);
}
