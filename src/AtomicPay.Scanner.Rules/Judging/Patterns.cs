using AtomicPay.Scanner.Rules.Decoding;

namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Marks the characters of a text that follow from those before them: counting, repeating, running over the keyboard.</summary>
internal static class Patterns
{
    private const int ShortestRun = 4;
    private const int ShortestLink = 3;
    private const int ShortestWeave = 6;
    private const int ShortestRepeat = 6;
    private const int LongestPeriod = 40;

    private static readonly string[] KeyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];

    private static readonly string[] KeyboardColumns = ["1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"];

    private static readonly byte[] PlacesInRows = PlacesOnKeyboard(KeyboardRows);

    private static readonly byte[] PlacesInColumns = PlacesOnKeyboard(KeyboardColumns);

    /// <summary>Sets the flag of every character that a pattern explains.</summary>
    public static void Mark(ReadOnlySpan<char> text, Span<bool> explained)
    {
        explained[..text.Length].Clear();
        for (var step = -1; step <= 1; step++)
        {
            // Side by side, as in 12345, and woven, as in a1b2c3 or aabbcc.
            MarkRuns(text, explained, 1, ShortestRun, step);
            MarkRuns(text, explained, 2, ShortestWeave, step);
        }

        for (var direction = -1; direction <= 1; direction += 2)
        {
            MarkKeyboard(text, explained, direction, 1, ShortestRun, PlacesInRows);
            MarkKeyboard(text, explained, direction, 2, ShortestWeave, PlacesInRows);
            MarkKeyboard(text, explained, direction, 1, ShortestRun, PlacesInColumns);
        }

        MarkChains(text, explained);
        MarkCounting(text, explained);
        for (var period = 3; period <= Math.Min(LongestPeriod, text.Length / 2); period++)
        {
            MarkRepeats(text, explained, period);
        }
    }

    private static void MarkRuns(ReadOnlySpan<char> text, Span<bool> explained, int distance, int shortest, int step)
    {
        var run = distance;
        for (var i = distance; i <= text.Length; i++)
        {
            if (i < text.Length && IsStep(text[i - distance], text[i], step))
            {
                run++;
                continue;
            }

            Mark(explained, i, run >= shortest ? run : 0);
            run = distance;
        }
    }

    // One short run after another, as in abc123def456: a run alone turns up by chance.
    private static void MarkChains(ReadOnlySpan<char> text, Span<bool> explained)
    {
        var (chain, runs) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            var run = Math.Max(RunAt(text[at..], 1), Math.Max(RunAt(text[at..], -1), RunAt(text[at..], 0)));
            if (run >= ShortestLink)
            {
                (chain, runs, at) = (chain + run, runs + 1, at + run);
                Mark(explained, at, runs > 1 ? chain : 0);
            }
            else
            {
                (chain, runs, at) = (0, 0, at + 1);
            }
        }
    }

    private static int RunAt(ReadOnlySpan<char> text, int step)
    {
        var run = 1;
        while (run < text.Length && IsStep(text[run - 1], text[run], step))
        {
            run++;
        }

        return run;
    }

    // Bytes in hexadecimal that count up or down: 000102030405, 00112233, fffefdfc.
    private static void MarkCounting(ReadOnlySpan<char> text, Span<bool> explained)
    {
        for (var at = 0; at + 4 <= text.Length; at++)
        {
            var step = ByteAt(text, at + 2) - ByteAt(text, at);
            var end = at + 2;
            while (end + 2 <= text.Length && ByteAt(text, end) >= 0 && ByteAt(text, end) - ByteAt(text, end - 2) == step)
            {
                end += 2;
            }

            if (Math.Abs(step) is 1 or 2 or 0x10 or 0x11 && ByteAt(text, at) >= 0 && end - at >= 2 * ShortestRun)
            {
                Mark(explained, end, end - at);
            }
        }
    }

    private static int ByteAt(ReadOnlySpan<char> text, int at) =>
        Digits.Hex(text[at]) is >= 0 and var high && Digits.Hex(text[at + 1]) is >= 0 and var low ? (high << 4) | low : -1;

    private static bool IsStep(char from, char to, int step)
    {
        if (step != 0 && !(char.IsAsciiLetterOrDigit(from) && char.IsAsciiLetterOrDigit(to)))
        {
            return false;
        }

        return Folded(to) - Folded(from) == step
            || (step == 1 && from == '9' && to == '0') || (step == -1 && from == '0' && to == '9');
    }

    // Digits, underscores and hyphens stay what they are among themselves.
    private static int Folded(char c) => c >= 'A' ? c | 0x20 : c;

    private static void MarkKeyboard(ReadOnlySpan<char> text, Span<bool> explained, int direction, int distance, int shortest, byte[] places)
    {
        var run = distance;
        for (var i = distance; i <= text.Length; i++)
        {
            if (i < text.Length && AreNeighbours(text[i - distance], text[i], direction, places))
            {
                run++;
                continue;
            }

            Mark(explained, i, run >= shortest ? run : 0);
            run = distance;
        }
    }

    private static bool AreNeighbours(char from, char to, int direction, byte[] places) =>
        places[from & 0x7F] is > 0 and var place && places[to & 0x7F] == place + direction;

    // A place is 16 for each row and one for each key, so that the end of a row and the beginning of the next are no neighbours.
    private static byte[] PlacesOnKeyboard(string[] rows)
    {
        var places = new byte[128];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var key = 0; key < rows[row].Length; key++)
            {
                places[rows[row][key]] = (byte)((16 * (row + 1)) + key);
                places[char.ToUpperInvariant(rows[row][key])] = (byte)((16 * (row + 1)) + key);
            }
        }

        return places;
    }

    private static void MarkRepeats(ReadOnlySpan<char> text, Span<bool> explained, int period)
    {
        var run = 0;
        for (var i = period; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == text[i - period])
            {
                run++;
                continue;
            }

            Mark(explained, i, run >= Math.Max(ShortestRepeat, period / 2) ? run : 0);
            run = 0;
        }
    }

    private static void Mark(Span<bool> explained, int end, int length) => explained[(end - length)..end].Fill(true);
}
