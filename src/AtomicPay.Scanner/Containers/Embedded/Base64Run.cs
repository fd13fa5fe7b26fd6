using System.Buffers;

namespace AtomicPay.Scanner.Containers.Embedded;

/// <summary>A run of base64 in text, wrapped or escaped as JSON, PHP, URLs and mail write it.</summary>
internal static class Base64Run
{
    // Text is wrapped at 64 or 76 digits; what follows a shorter line is no part of the run.
    private const int ShortestLine = 40;
    private const int DeepestIndent = 32;

    /// <summary>Whether a run begins at an index, and not in the middle of another.</summary>
    public static bool BeginsAt(ReadOnlySpan<byte> content, int index) =>
        index == 0 || Digit(content[index - 1]) < 0 || (content[index - 1] is (byte)'n' or (byte)'r' && index > 1 && content[index - 2] == '\\');

    /// <summary>Decodes a run; says where it ends.</summary>
    public static int Decode(ReadOnlySpan<byte> content, int index, ArrayBufferWriter<byte> decoded)
    {
        var at = index;
        var bits = 0;
        var bitCount = 0;
        var line = 0;
        while (at < content.Length)
        {
            var digit = Digit(content[at]);
            if (digit >= 0)
            {
                at++;
            }
            else if (!TryUnescape(content, ref at, out digit))
            {
                if (line < ShortestLine || AfterLineBreak(content, at) is not (>= 0 and var next))
                {
                    break;
                }

                at = next;
                line = 0;
                continue;
            }

            line++;
            bits = ((bits << 6) | digit) & 0xFFFF;
            bitCount += 6;
            if (bitCount >= 8)
            {
                bitCount -= 8;
                decoded.GetSpan(1)[0] = (byte)(bits >> bitCount);
                decoded.Advance(1);
            }
        }

        return at;
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };

    // The two digits that are no letters, as JSON and URLs may write them.
    private static bool TryUnescape(ReadOnlySpan<byte> content, ref int at, out int digit)
    {
        var rest = content[at..];
        (digit, var length) = rest[0] switch
        {
            (byte)'\\' when rest.StartsWith("\\/"u8) => (63, 2),
            (byte)'\\' when rest.StartsWith("\\u002b"u8) || rest.StartsWith("\\u002B"u8) => (62, 6),
            (byte)'\\' when rest.StartsWith("\\u002f"u8) || rest.StartsWith("\\u002F"u8) => (63, 6),
            (byte)'%' when rest.StartsWith("%2B"u8) || rest.StartsWith("%2b"u8) => (62, 3),
            (byte)'%' when rest.StartsWith("%2F"u8) || rest.StartsWith("%2f"u8) => (63, 3),
            _ => (-1, 0),
        };
        at += length;
        return digit >= 0;
    }

    /// <summary>The index of the digit that follows a line break, written as one or as its escape; -1 when there is none.</summary>
    private static int AfterLineBreak(ReadOnlySpan<byte> content, int at)
    {
        var start = at;
        while (at + 1 < content.Length && content[at] == '\\' && content[at + 1] is (byte)'r' or (byte)'n')
        {
            at += 2;
        }

        // A notebook may hold its lines as a list of strings.
        if (at > start && at + 1 < content.Length && content[at] == '"' && content[at + 1] == ',')
        {
            at = AfterBlanks(content, at + 2);
            return at < content.Length && content[at] == '"' && IsDigit(content, at + 1) ? at + 1 : -1;
        }

        at = AfterBlanks(content, at);
        return at > start && IsDigit(content, at) ? at : -1;
    }

    // A line may begin with a digit that is escaped.
    private static bool IsDigit(ReadOnlySpan<byte> content, int at) => at < content.Length && (Digit(content[at]) >= 0 || TryUnescape(content, ref at, out _));

    private static int AfterBlanks(ReadOnlySpan<byte> content, int index)
    {
        var at = index;
        while (at < content.Length && at - index < DeepestIndent && content[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }
}
