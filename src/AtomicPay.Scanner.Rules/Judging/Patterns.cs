namespace AtomicPay.Scanner.Rules.Judging;

/// <summary>Marks the characters of a text that follow from those before them: counting, repeating, running over the keyboard.</summary>
internal static class Patterns
{
    private const int ShortestRun = 4;
    private const int ShortestWeave = 6;
    private const int ShortestRepeat = 6;
    private const int LongestPeriod = 40;

    private static readonly string[] KeyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];

    private static readonly byte[] KeyboardPlaces = PlacesOnKeyboard();

    /// <summary>Sets the flag of every character that a pattern explains, and returns how many there are.</summary>
    public static int Mark(ReadOnlySpan<char> text, Span<bool> explained)
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
            MarkKeyboard(text, explained, direction);
        }

        for (var period = 3; period <= Math.Min(LongestPeriod, text.Length / 2); period++)
        {
            MarkRepeats(text, explained, period);
        }

        return explained[..text.Length].Count(true);
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

    private static void MarkKeyboard(ReadOnlySpan<char> text, Span<bool> explained, int direction)
    {
        var run = 1;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && AreNeighbours(text[i - 1], text[i], direction))
            {
                run++;
                continue;
            }

            Mark(explained, i, run >= ShortestRun ? run : 0);
            run = 1;
        }
    }

    private static bool AreNeighbours(char from, char to, int direction) =>
        KeyboardPlaces[from & 0x7F] is > 0 and var place && KeyboardPlaces[to & 0x7F] == place + direction;

    // A place is 16 for each row and one for each key, so that the end of a row and the beginning of the next are no neighbours.
    private static byte[] PlacesOnKeyboard()
    {
        var places = new byte[128];
        for (var row = 0; row < KeyboardRows.Length; row++)
        {
            for (var key = 0; key < KeyboardRows[row].Length; key++)
            {
                places[KeyboardRows[row][key]] = (byte)((16 * (row + 1)) + key);
                places[char.ToUpperInvariant(KeyboardRows[row][key])] = (byte)((16 * (row + 1)) + key);
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
