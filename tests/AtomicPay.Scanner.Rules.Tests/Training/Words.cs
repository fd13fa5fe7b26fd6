namespace AtomicPay.Scanner.Rules.Tests.Training;

/// <summary>The words from which the model of written text is made, and by which it is measured.</summary>
internal static class Words
{
    public static IReadOnlyList<string> All { get; } = Read();

    // The halves of a split: what measures a model must not have made it.
    public static IReadOnlyList<string> Seen { get; } = [.. All.Where((_, index) => index % 5 != 0)];

    public static IReadOnlyList<string> Unseen { get; } = [.. All.Where((_, index) => index % 5 == 0)];

    private static IReadOnlyList<string> Read()
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(Repository.TestProject, "Training", "words.txt")))
        {
            if (!line.StartsWith('#'))
            {
                words.UnionWith(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return [.. words];
    }
}
