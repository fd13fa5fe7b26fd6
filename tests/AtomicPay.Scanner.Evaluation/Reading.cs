using System.Globalization;
using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Evaluation;

/// <summary>Reads a corpus as a scan does, and prints how well.</summary>
internal static class Reading
{
    public static int Run(Corpus corpus)
    {
        var outcomes = new List<Outcome>();
        var (falseReadings, flagged) = (0, 0);
        using var reader = new PictureReader(static key => RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued);
        var before = Environment.CpuUsage.TotalTime;
        foreach (var picture in corpus.Pictures)
        {
            var reading = reader.Read(corpus.Read(picture), CancellationToken.None);
            outcomes.AddRange(Outcome.Of(picture, reading.Keys, out var extra));
            falseReadings += extra;
            flagged += picture.Keys.Count == 0 && !reading.Keys.IsEmpty ? 1 : 0;
            if (reading.Incomplete is { } incomplete)
            {
                Console.WriteLine($"{picture.File}: {incomplete}");
            }
        }

        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(Invariant($"{corpus.Pictures.Count} pictures, {seconds / corpus.Pictures.Count:0.000} CPU seconds each; false readings {falseReadings}; clean pictures flagged {flagged} of {corpus.Pictures.Count(static picture => picture.Keys.Count == 0)}"));
        Table("all", outcomes, static _ => "");
        Table("effect", outcomes, static one => one.Picture.Effect);
        Table("size", outcomes, static one => SizeOf(one.Key.Size));
        Table("font class", outcomes, static one => one.Key.IsMonospace ? "monospace" : "proportional");
        Table("font", outcomes, static one => one.Key.Font);
        Table("format", outcomes, static one => one.Picture.Format);
        Table("program", outcomes, static one => one.Picture.Kind);
        Table("theme", outcomes, static one => one.Picture.Theme);
        Table("wrapped", outcomes, static one => one.Key.IsWrapped ? "yes" : "no");
        Calibration(outcomes);
        Misread(outcomes);
        return 0;
    }

    private static void Table(string by, List<Outcome> outcomes, Func<Outcome, string> of)
    {
        Console.WriteLine($"\n{by,-28} keys  found  exact   first 5  certain  certain and right");
        foreach (var group in outcomes.GroupBy(of).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            Console.WriteLine(Invariant(
                $"{group.Key,-28} {group.Count(),4}  {Share(group, static one => one.IsFound),5}  {Share(group, static one => one.IsExact),5}  {Share(group, static one => one.IsAmong(5)),8}  {group.Count(static one => one.IsCertain),7}  {group.Count(static one => one.IsCertain && one.IsExact),7}"));
        }
    }

    // How often a reading of some stated probability is right; and what one number for all would have to be multiplied to the
    // logarithms to make them so.
    private static void Calibration(List<Outcome> outcomes)
    {
        Console.WriteLine("\nconfidence    keys  stated  right");
        foreach (var bin in outcomes.Where(static one => one.IsFound).GroupBy(static one => Math.Min(9, (int)(one.Reading!.Confidence * 10))).OrderByDescending(static bin => bin.Key))
        {
            Console.WriteLine(Invariant($"{bin.Key / 10.0:0.0} to {(bin.Key + 1) / 10.0:0.0}  {bin.Count(),6}  {bin.Average(static one => one.Reading!.Confidence),6:0.00}  {bin.Count(static one => one.IsExact) / (double)bin.Count(),5:0.00}"));
        }

        var found = outcomes.Where(static one => one.IsFound).ToList();
        var best = Enumerable.Range(2, 60).Select(static step => step / 20.0).MaxBy(factor => found.Sum(one => LogLikelihood(one, factor)));
        Console.WriteLine(Invariant($"best factor on the logarithms: {best:0.00}, {found.Sum(one => LogLikelihood(one, best)) / found.Count:0.000} nats a key; at 1: {found.Sum(static one => LogLikelihood(one, 1)) / found.Count:0.000}"));
    }

    // A key that is not among the readings counts as one of one in a hundred thousand, whatever the factor.
    private static double LogLikelihood(Outcome one, double factor)
    {
        const double least = 1e-5;
        var sum = one.Reading!.Readings.Sum(reading => Math.Pow(reading.Probability, factor));
        var own = one.Reading.Readings.FirstOrDefault(reading => reading.Text == one.Key.Text)?.Probability ?? 0;
        return Math.Log(((1 - least) * Math.Pow(own, factor) / sum) + least);
    }

    private static void Misread(List<Outcome> outcomes)
    {
        Console.WriteLine("\nnot exact");
        var confused = new Dictionary<string, int>();
        foreach (var one in outcomes.Where(static one => !one.IsExact))
        {
            var read = one.Reading?.Key;
            var differing = read is null || read.Length != one.Key.Text.Length ? []
                : read.Zip(one.Key.Text).Where(static pair => pair.First != pair.Second).Select(static pair => $"{pair.Second} as {pair.First}").ToList();
            foreach (var pair in differing)
            {
                confused[pair] = confused.GetValueOrDefault(pair) + 1;
            }

            var what = read is null ? "not found" : read.Length != one.Key.Text.Length ? $"{read.Length - one.Key.Text.Length:+0;-0} characters" : string.Join(", ", differing);
            Console.WriteLine(Invariant($"  {one.Picture.File}  {one.Picture.Kind}, {one.Picture.Effect}, {one.Key.Font} {one.Key.Size:0.#} px{(one.Key.IsWrapped ? ", wrapped" : "")}: {what}, stated {one.Reading?.Confidence ?? 0:0.00}{(one.IsCertain ? ", CERTAIN" : "")}, {(one.IsAmong(5) ? "among the first five" : "not among the first five")}"));
        }

        Console.WriteLine($"\nconfused: {string.Join("; ", confused.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {pair.Value}"))}");
    }

    private static string SizeOf(double pixels) => pixels switch
    {
        < 11.5 => "  below 11.5 px",
        < 14 => " 11.5 to 14 px",
        < 18 => "14 to 18 px",
        < 24 => "18 to 24 px",
        _ => "24 px and more",
    };

    private static string Share(IEnumerable<Outcome> outcomes, Func<Outcome, bool> isSo) =>
        Invariant($"{outcomes.Select(one => isSo(one) ? 100.0 : 0).DefaultIfEmpty().Average():0.0}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
