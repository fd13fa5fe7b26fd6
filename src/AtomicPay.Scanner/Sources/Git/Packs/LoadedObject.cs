using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// An object's bytes while somebody uses them: who asked for it, a cache, or a delta on it. The last to dispose of it gives the
/// bytes back to be used again, so they must not be looked at after that. For one thread.
/// </summary>
internal sealed class LoadedObject(BufferPool pool, byte[] bytes, int length, GitObjectKind kind) : IDisposable
{
    private int _users = 1;

    /// <summary>With <see cref="Inflater.TargetSlack"/> bytes behind the content.</summary>
    public byte[] Bytes => bytes;

    public int Length => length;

    public GitObjectKind Kind => kind;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    /// <summary>Adds a user, who disposes of it in turn.</summary>
    public LoadedObject Share()
    {
        _users++;
        return this;
    }

    public void Dispose()
    {
        if (--_users == 0)
        {
            pool.Return(bytes);
        }
    }
}
