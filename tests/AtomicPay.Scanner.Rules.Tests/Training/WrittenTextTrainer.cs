using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Rules.Judging;

namespace AtomicPay.Scanner.Rules.Tests.Training;

/// <summary>Counts letter pairs and changes of character class in written names, and prints them as the table that judging uses.</summary>
internal static class WrittenTextTrainer
{
    private const int NamesToMake = 40_000;

    public static (byte[] Letters, byte[] Classes) Train(IReadOnlyList<string> words)
    {
        var letters = new double[(WrittenText.Letters + 1) * WrittenText.Letters];
        foreach (var word in words)
        {
            var before = WrittenText.Letters;
            foreach (var letter in word.Select(c => c - 'a'))
            {
                letters[(before * WrittenText.Letters) + letter]++;
                before = letter;
            }
        }

        var classes = new double[WrittenText.Classes * WrittenText.Classes];
        var sequence = new Sequence(20);
        for (var i = 0; i < NamesToMake; i++)
        {
            var before = WrittenText.Beginning;
            foreach (var c in WrittenNames.Next(sequence, words))
            {
                classes[(before * WrittenText.Classes) + WrittenText.ClassOf(c)]++;
                before = WrittenText.ClassOf(c);
            }
        }

        return (Costs(letters, WrittenText.Letters, 0.5), Costs(classes, WrittenText.Classes, 20));
    }

    public static string Print((byte[] Letters, byte[] Classes) model) =>
        $$"""
        namespace AtomicPay.Scanner.Rules.Judging;

        /// <summary>The costs of written text in sixteenths of a nat. Made by WrittenTextTrainer in the tests; not edited by hand.</summary>
        internal static class WrittenTextCosts
        {
            /// <summary>A letter (column) after a letter or at the beginning of a word (row; the beginning is last).</summary>
            public static ReadOnlySpan<byte> Letters =>
            [
        {{Rows(model.Letters, WrittenText.Letters)}}
            ];

            /// <summary>A class of character (column) after another (row).</summary>
            public static ReadOnlySpan<byte> Classes =>
            [
        {{Rows(model.Classes, WrittenText.Classes)}}
            ];
        }

        """;

    private static byte[] Costs(double[] counts, int columns, double smoothing)
    {
        var costs = new List<byte>();
        foreach (var row in counts.Chunk(columns))
        {
            var sum = row.Sum() + (smoothing * columns);
            costs.AddRange(row.Select(count => -Math.Log((count + smoothing) / sum))
                .Select(nats => (byte)Math.Clamp(Math.Round(nats * WrittenText.Scale), 0, 255)));
        }

        return [.. costs];
    }

    private static string Rows(byte[] costs, int columns)
    {
        var text = new StringBuilder();
        foreach (var row in costs.Chunk(columns))
        {
            text.Append(CultureInfo.InvariantCulture, $"        {string.Join(", ", row)},\n");
        }

        return text.ToString().TrimEnd('\n');
    }
}
