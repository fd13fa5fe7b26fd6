using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Triage;

/// <summary>
/// The comment that allows the keys of its line: of every line that the key, as it is encoded, lies on. A minified bundle is
/// one line with the work of many people, so a comment counts only for the keys near it.
/// </summary>
internal static class AllowComment
{
    /// <summary>Bytes between a key and its comment at most: more than a line that people write, less than what a bundler joins.</summary>
    private const int Reach = 512;

    /// <param name="content">What the key was found in, or a window of it.</param>
    /// <param name="offset">Where the key begins in it, in bytes.</param>
    /// <param name="length">The encoded key's length in bytes.</param>
    public static bool IsBeside(ReadOnlySpan<byte> content, int offset, int length)
    {
        var before = content[Math.Max(0, offset - Reach)..offset];
        var after = content[(offset + length)..Math.Min(content.Length, offset + length + Reach)];
        var start = offset - before.Length + before.LastIndexOfAny((byte)'\r', (byte)'\n') + 1;
        var end = after.IndexOfAny((byte)'\r', (byte)'\n');
        var line = content[start..(offset + length + (end < 0 ? after.Length : end))];
        return RuleSet.IsAllowedByComment(line) || (line.Contains((byte)0) && RuleSet.IsAllowedByComment(WithoutZeros(line)));
    }

    /// <summary>Text as UTF-16 and UTF-32 write it is ASCII with zeros between.</summary>
    private static byte[] WithoutZeros(ReadOnlySpan<byte> line)
    {
        var kept = new byte[line.Length];
        var length = 0;
        foreach (var b in line)
        {
            kept[length] = b;
            length += b == 0 ? 0 : 1;
        }

        return kept[..length];
    }
}
