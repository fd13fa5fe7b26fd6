using System.Buffers;

namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>The form of a key after its prefix, read permissively because AtomicPay does not state it.</summary>
internal static class KeyShape
{
    /// <summary>The fewest characters of a body, with its marker not counted.</summary>
    public const int ShortestBody = 16;

    /// <summary>The most characters of a body, its marker counted.</summary>
    public const int LongestBody = 133;

    /// <summary>The characters of a body.</summary>
    public static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private const int LongestUnmarked = 128;

    private static readonly string[] Markers = ["live_", "test_"];

    /// <summary>The part that has to be random, or nothing when the length is wrong.</summary>
    public static ReadOnlySpan<char> RandomPart(ReadOnlySpan<char> body)
    {
        foreach (var marker in Markers)
        {
            if (body.StartsWith(marker, StringComparison.Ordinal))
            {
                body = body[marker.Length..];
                break;
            }
        }

        return body.Length is >= ShortestBody and <= LongestUnmarked ? body : [];
    }

    /// <summary>Whether the character stands for others that are not shown: an asterisk, a bullet, an ellipsis, a block.</summary>
    public static bool IsMask(int c) => c is '*' or '.' or 0xB7 or (>= 0x2022 and <= 0x2027) or 0x2043 or 0x204E
        or 0x2217 or 0x2219 or 0x22C5 or 0x22EF or 0x26AB or 0x2B1B or 0x2B24 or (>= 0x2580 and <= 0x25FF);
}
