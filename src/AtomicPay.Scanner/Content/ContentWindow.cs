namespace AtomicPay.Scanner.Content;

/// <summary>Where a window lies in its content.</summary>
/// <param name="Offset">Bytes of the content before the window.</param>
/// <param name="LineBreaks">Line feeds before the window.</param>
/// <param name="LineStart">Offset in the content at which the window's first line begins; never after <paramref name="Offset"/>.</param>
internal readonly record struct ContentWindow(long Offset, long LineBreaks, long LineStart)
{
    /// <summary>Bytes that a window repeats from the one before it: more than the longest encoded key with its context.</summary>
    public const int Overlap = 64 * 1024;

    /// <summary>The window that begins after these bytes of this one.</summary>
    public ContentWindow Advance(ReadOnlySpan<byte> passed)
    {
        var lastBreak = passed.LastIndexOf((byte)'\n');
        return new ContentWindow(
            Offset + passed.Length,
            LineBreaks + passed.Count((byte)'\n'),
            lastBreak < 0 ? LineStart : Offset + lastBreak + 1);
    }
}
